#version 300 es
precision highp float;
precision highp int;
precision highp sampler2D;
precision highp usampler2D;

uniform vec4 c[/*constants*/];
layout(std140) uniform Steps { vec4 s[/*room*/]; };
uniform sampler2D sides;
uniform vec2 usual;
uniform int begin, end, last, late;
/*held*/
/*outputs*/

/*helpers*/

float whereabouts(/*whereabouts inputs*/) {
  /*whereabouts*/
}

bool staying(/*staying inputs*/) {
  /*staying*/
}

void main() {
  ivec2 cell = ivec2(gl_FragCoord.xy);
  float across = texelFetch(sides, ivec2(cell.x, 0), 0).x;
  float up = texelFetch(sides, ivec2(cell.y, 0), 0).y;
  /*own*/
  /*before*/
  int place = /*never*/, since = 0;
  vec2 earlier = vec2(0.0);
  if (begin > 0) {
    /*load*/
  }
  bool gone = false;
  for (int k = begin; k < end || k == last; k += 1) {
    /*look*/
    gone = !(is_finite_(p0) && is_finite_(p1));
    int at = gone ? /*outside*/ : int(whereabouts(p0, p1, loss, far));
    if (at != place) {
      place = at;
      since = k;
    }
    if (k == late) earlier = vec2(p0, p1);
    if (gone || k == last) break;
    /*now*/
    /*advance*/
  }
  vec2 target = vec2(p0, p1);
  /*targets*/
  bool stays = gone || staying(float(place), float(since), float(late), p0, p1, earlier.x, earlier.y, target.x, target.y);
  uint code = uint(place + /*least*/) | (stays && end == last ? /*stays*/u : 0u);
  /*save*/
}
