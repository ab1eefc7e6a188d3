"""Modules in a few files do what they do one by one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from optviz.pages import frontend
from optviz.pages.esmodule import UnreadableError
from optviz.pages.merged import merged

NODE = Path(sys.executable).with_name("node")
# As bundlers write them. `later.js` is loaded by name; the last two are not in the few files.
MODULES = {
    "leaf.js": 'console.log("leaf");let n=0;function u(){return n+=1}export{u as default,u as $};',
    # A value that comes when a function is called, and who takes it: as in Streamlit's own.
    "lazy.js": 'import{$ as u}from"./leaf.js";var a,b=()=>{a="made "+u()};export{a as t,b as n};',
    "taker.js": 'import{t as e,n as t}from"./lazy.js";console.log("taker",e);t();'
    "function n(){return e}export{n as t};",
    "user.js": 'import"./leaf.js";import{t as e}from"./taker.js";console.log("user",e());'
    "var r={get a(){return e()}};export{r as t};",
    "entry.js": 'const d=(m=>m.f=["./later.js","./other.js","../css/x.css"])({});'
    'import{t as e}from"./user.js";import{default as r}from"./leaf.js";'
    'console.log("entry",e.a,r(),d.join());var t=7;'
    "import(`./later.js`).then(e=>{console.log(Object.keys(e).join(),e.t);"
    'return import("./other.js")}).then(e=>console.log(e.t));export{t as _};',
    "later.js": 'import{_ as e}from"./entry.js";import{$ as t}from"./leaf.js";'
    'console.log("later",e);var n=t();export{n as t};',
    "other.js": 'import{$ as e}from"./leaf.js";import{t}from"./later.js";'
    'import{t as r}from"./lazy.js";import{_ as n}from"./entry.js";'
    'console.log("other");var o=[e(),t,r,n].join();export{o as t};',
    "late.js": 'import{_ as e}from"./entry.js";let a;let b=()=>a=e;export{a as t,b as n};',
}


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "package.json").write_text('{"type": "module"}')
    for name, text in MODULES.items():
        (tmp_path / name).write_text(text)
    return tmp_path


def run(file: Path) -> list[str]:
    done = subprocess.run([NODE, file], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def put(made, folder: Path) -> Path:
    for name, text in made.files.items():
        (folder / name).write_text(text)
    return folder / made.first[-1]


def test_they_say_the_same_in_the_same_order(folder):
    one_by_one = run(folder / "entry.js")
    made = merged(folder, "entry.js", ["later.js"])
    together = run(put(made, folder))
    assert len(one_by_one) == 8
    # What is in our files already is not loaded again.
    listed = "./part-1.js,./other.js,../css/x.css"
    assert [line.replace(listed, "./later.js,./other.js,../css/x.css") for line in together] == (
        one_by_one
    )
    assert any(listed in line for line in together)


def test_only_what_changes_stays_alone_and_all_that_is_needed_is_first(folder):
    made = merged(folder, "entry.js", ["later.js"])
    assert {*made.first} == {"part-0.js", "lazy.js", "taker.js", "part-1.js"}
    assert made.first[-1] == "part-1.js"
    assert {*made.files} == {*made.first, *MODULES} - {"other.js", "late.js"}


def test_without_changes_there_is_one_file(folder):
    (folder / "taker.js").write_text('function n(){return"none"}export{n as t};')
    made = merged(folder, "entry.js", [])
    one_by_one = run(folder / "entry.js")
    assert made.first == ("part-0.js",)
    assert [line.partition("[")[0] for line in run(put(made, folder))] == one_by_one


def test_another_text_has_another_address(folder):
    before = merged(folder, "entry.js", []).fingerprint
    assert merged(folder, "entry.js", []).fingerprint == before
    (folder / "leaf.js").write_text(MODULES["leaf.js"].replace("n=0", "n=1"))
    assert merged(folder, "entry.js", []).fingerprint != before


def test_every_replica_makes_the_same(folder):
    code = (
        "import sys, pathlib; from optviz.pages.merged import merged;"
        "print(merged(pathlib.Path(sys.argv[1]), 'entry.js', ['later.js']).fingerprint)"
    )
    prints = {
        subprocess.run(
            [sys.executable, "-c", code, folder],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[3])},
        ).stdout
        for seed in "0123"
    }
    assert len(prints) == 1


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("leaf.js", 'import{t}from"./user.js";export{t as $,t as default};', "imports itself"),
        ("leaf.js", "let $optviz1=2;export{$optviz1 as $,$optviz1 as default};", "name of ours"),
        ("user.js", 'import{t}from"./nowhere.js";export{t};', "no module"),
        ("user.js", 'import{t}from"../taker.js";export{t};', "no module"),
        ("user.js", 'import{t}from"react";export{t};', "no module"),
        ("user.js", "export default 3;", "more than names"),
        ("later.js", 'import{n as e}from"./late.js";export{e as t};', "loaded later"),
    ],
)
def test_what_cannot_be_put_together_is_refused(folder, name, text, why):
    (folder / name).write_text(text)
    with pytest.raises(UnreadableError, match=why):
        merged(folder, "entry.js", ["later.js"])


@pytest.fixture(scope="module")
def installed():
    made = frontend.streamlit_modules()
    assert made, "Streamlit's modules look different"
    return made


def test_streamlits_own_come_in_a_handful_of_files(installed):
    assert len(installed.first) <= 5
    assert len(installed.files) > 50


@pytest.mark.parametrize("element", frontend.ELEMENTS)
def test_what_every_page_has_is_among_them(installed, element):
    assert [name for name in installed.files if name.startswith(f"{element}.")]


def test_all_of_them_can_be_read_by_a_browser(installed, tmp_path):
    for name in installed.first:
        file = (tmp_path / name).with_suffix(".mjs")
        file.write_text(installed.files[name])
        subprocess.run([NODE, "--check", file], check=True)
