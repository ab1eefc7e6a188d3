"""A module of a bundler is taken apart rightly, or refused."""

from __future__ import annotations

import pytest

from optviz.pages.esmodule import Module, UnreadableError, read


def test_a_module_is_taken_apart():
    source = (
        'const a=1;import{t as e,n}from"./x.js";import"./y.js";f(a,e);export{f as default,n as t};'
    )
    assert read(source.encode()) == Module(
        imports=(("./x.js", (("t", "e"), ("n", "n"))), ("./y.js", ())),
        exports={"default": "f", "t": "n"},
        changing=frozenset(),
        body="const a=1;f(a,e);",
    )


@pytest.mark.parametrize(
    "source",
    [
        'import e from"./x.js";',
        'import*as e from"./x.js";',
        'import e,{t}from"./x.js";',
        'export{t}from"./x.js";',
        'export*from"./x.js";',
        "export default 1;",
        "export const a=1;",
        "export function a(){}",
        "const a={;",
    ],
)
def test_another_form_is_refused(source):
    with pytest.raises(UnreadableError):
        read(source.encode())


@pytest.mark.parametrize(
    "code",
    [
        "var a;function f(){a=1}",
        "var a;let f=()=>a=1",
        "var a=0;let f=()=>a++",
        "var a=0;let f=()=>{a+=1}",
        "var a;let f=()=>{[a]=[1]}",
        "var a;let f=()=>{({b:a}={b:1})}",
        "var a;let f=()=>{({a}={a:1})}",
        "var a;let f=()=>{({a=2}={})}",
        "var a;let f=()=>{[...a]=[1]}",
        "var a;let f=()=>{for(a of[1]);}",
        "var a;class B{c(){a=1}}",
        # What has the same name elsewhere hides nothing.
        "var a;let f=()=>{{let a=2}a=1}",
        "var a;let f=()=>{((a)=>a)(1);a=1}",
        "var a;let f=()=>{try{}catch(a){}a=1}",
        "var a;let f=()=>{for(let a of[1]);a=1}",
        "var a;let f=()=>{let b=function a(){};a=1}",
        "function a(){}function f(){a=1}",
    ],
)
def test_an_export_that_a_function_changes_is_known(code):
    assert read(f"{code};export{{a as t}};".encode()).changing == {"t"}


def test_deep_expressions_are_no_obstacle():
    deep = "+".join(["b"] * 3000)
    code = f"var a=1;let f=()=>{{c({deep});var a;a=2}};export{{a as t}};"
    assert read(code.encode()).changing == set()


@pytest.mark.parametrize(
    "code",
    [
        "var a=1;a=2",
        "var a=1;let f=a=>{a=2}",
        "var a=1;let f=(a)=>{a=2}",
        "var a=1;function f(b,{c:a}){a=2}",
        "var a=1;function f(b,[a=3]){a=2}",
        "var a=1;function f(...a){a=2}",
        "var a=1;let f=()=>{let a;a=2}",
        "var a=1;let f=()=>{{a=2}var a}",
        "var a=1;let f=()=>{a=2;if(b){for(;;){var a}}}",
        "var a=1;let f=()=>{for(var a of[1]);a=2}",
        "var a=1;let f=()=>{for(let a of[1])a=2}",
        "var a=1;let f=()=>{for(let a=0;a<1;a++);}",
        "var a=1;let f=()=>{try{}catch(a){a=2}}",
        "var a=1;let f=()=>{let{b,...a}={};a=2}",
        "var a=1;let f=()=>{function a(){}a=2}",
        "var a=1;let f=()=>{b.a=2;b[a]=3;c={a:4}}",
        # A helper that puts another in its own place: whichever is called does the same.
        "function a(){return a=Object.assign,a()}",
    ],
)
def test_what_no_function_changes_is_known_too(code):
    assert read(f"{code};export{{a as t}};".encode()).changing == set()
