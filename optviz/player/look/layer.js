/** A canvas over the axes: sharp on every display, clipped to the plot's area. */

/** @typedef {{left: number, top: number, width: number, height: number}} Box  In CSS pixels of the element. */

export class Layer {
  /** @param {HTMLElement} element */
  constructor(element) {
    this.canvas = document.createElement("canvas");
    this.canvas.className = "ov-layer";
    this.canvas.setAttribute("aria-hidden", "true");
    element.append(this.canvas);
    this.ctx = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
  }

  /**
   * Cover the plot's area, which empties the canvas; coordinates stay those of the element.
   *
   * @param {Box} box
   */
  cover({ left, top, width, height }) {
    const ratio = window.devicePixelRatio || 1;
    const wide = Math.round(width * ratio);
    const high = Math.round(height * ratio);
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
    }
    Object.assign(this.canvas.style, {
      left: `${left}px`,
      top: `${top}px`,
      width: `${width}px`,
      height: `${height}px`,
    });
    this.ctx.setTransform(ratio, 0, 0, ratio, -left * ratio, -top * ratio);
    this.clear();
  }

  clear() {
    const { ctx, canvas } = this;
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.clearRect(0, 0, canvas.width, canvas.height);
    ctx.restore();
  }
}
