"""The command line, as it is typed: what it prints and writes, and its exit status."""

from __future__ import annotations

import io
import json

import jax
import numpy as np
import pytest

import optviz
from optviz.commandline import main, mapping, output, progress
from optviz.commandline.text import percent
from optviz.comparison.experiment import Comparison
from optviz.comparison.verdicts import as_csv, compare
from optviz.maps.grids import DIVERGED, run_map

QUERY = "surface=beale&steps=40&lane=momentum,lr:0.01&lane=adam,lr:0.05"


def test_a_race_prints_a_line_for_each_lane_and_writes_its_paths(capsys, tmp_path):
    file = tmp_path / "race.npz"
    assert main(["race", QUERY, "--out", str(file)]) == 0
    done = optviz.run(optviz.Race.from_query(QUERY))
    head, momentum, adam, written = capsys.readouterr().out.splitlines()
    assert head.split() == ["lane", "status", "final", "loss", "distance"]
    assert momentum.startswith("Momentum")
    assert done.status[1].text in adam
    assert adam.split()[-2:] == [f"{done.loss[1, -1]:.4g}", f"{done.distance[1]:.4g}"]
    assert written == f"Written to {file}."
    with np.load(file) as kept:
        for name in ("theta", "loss", "grad", "distance", "multipliers"):
            np.testing.assert_array_equal(kept[name], getattr(done, name))
        for name, values in done.memory[1].items():
            np.testing.assert_array_equal(kept[f"memory_1_{name}"], values)
        assert optviz.Race.from_query(str(kept["query"])) == done.race


def test_a_race_is_written_as_a_page_that_looks_as_its_link_does(capsys, tmp_path):
    file = tmp_path / "race.html"
    assert main(["race", f"{QUERY}&notation=ruder&chart=rate", "--html", str(file)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"Written to {file}."
    page = file.read_text()
    assert page.startswith("<!doctype html>")
    assert '"notation": "ruder"' in page
    assert '"chart": "rate"' in page
    assert main(["race", QUERY, "--html", str(tmp_path)]) == 2
    assert "--html needs the name of one, like race.html" in capsys.readouterr().err


def test_a_comparison_prints_the_best_first_and_writes_its_table(capsys, tmp_path):
    file = tmp_path / "ravine.csv"
    query = "surface=ravine&rules=momentum&steps=60&trials=8&starts=8&seed=2"
    assert main(["compare", f"https://optviz.test/?{query}", "--out", str(file)]) == 0
    said = capsys.readouterr()
    asked = Comparison.from_query(query)
    link, head, *rows, written = said.out.splitlines()
    verdicts = compare(asked)
    assert link == asked.to_query()
    assert head.split()[:3] == ["optimizer", "best", "setting"]
    assert [row.split()[0] for row in rows] == [verdict.lane.label for verdict in verdicts]
    assert percent(verdicts[0].reached) in rows[0].split()
    assert written == f"Written to {file}."
    assert file.read_text() == as_csv(asked, verdicts)
    assert not said.err


def test_what_cannot_be_compared_gets_a_sentence(capsys):
    assert main(["compare", "surface=saddle"]) == 2
    assert "no known minimum" in capsys.readouterr().err


def test_a_whole_link_is_read_as_the_page_reads_it(capsys, tmp_path):
    assert main(["race", QUERY]) == 0
    plain = capsys.readouterr().out
    assert main(["race", f"https://optviz.test/page?{QUERY}&notation=ruder&chosen=1#top"]) == 0
    assert capsys.readouterr().out == plain
    file = tmp_path / "map.npz"
    assert main(["map", f"?{QUERY}&chosen=1", "--n", "3", "--out", str(file)]) == 0
    assert capsys.readouterr().out.startswith("Adam on Beale")


@pytest.mark.parametrize(("lane", "x"), [("--lane", "--x"), ("--of", "--across")])
def test_a_maps_file_holds_all_of_it_and_how_to_make_it_again(capsys, tmp_path, lane, x):
    # Without an ending of its own, and limits that begin with a minus.
    file = tmp_path / "map"
    typed = ["map", QUERY, lane, "0", "--over", "y,lr", x, "-2.5,3", "--n", "20"]
    assert main([*typed, "--dtype", "float64", "--out", str(file)]) == 0
    said = capsys.readouterr()
    assert "y from -2.5 to 3 and lr from" in said.out
    assert "20 x 20 cells" in said.out
    assert not said.err, "there is no bar in a pipe"
    with np.load(file) as kept:
        asked = json.loads(str(kept["arguments"]))
        again = run_map(optviz.Race.from_query(asked.pop("query")), **asked)
        for name in ("x", "y", "place", "step", "end", "loss"):
            np.testing.assert_array_equal(kept[name], getattr(again, name))
        assert kept["end"].dtype == np.float64
        assert kept["kinds"].tolist() == [place.kind for place in again.places]
        np.testing.assert_array_equal(kept["points"], [place.point for place in again.places])


def test_the_summary_counts_every_cell(capsys, tmp_path):
    typed = ["map", "surface=himmelblau&lane=momentum", "--over", "lr,alpha", "--n", "16"]
    assert main([*typed, "--out", str(tmp_path / "map.npz")]) == 0
    text = " ".join(capsys.readouterr().out.split())
    with np.load(tmp_path / "map.npz") as kept:
        place, points = kept["place"], kept["points"]
    at = int(np.hypot(*(points - (3.584428, -1.848127)).T).argmin())
    assert f"{percent((place == at).mean())} came to the minimum (3.584, -1.848)" in text
    assert f"{percent((place == DIVERGED).mean())} diverged" in text
    shares = [float(word.strip("<>%")) for word in text.split() if word.endswith("%")]
    assert sum(shares) == pytest.approx(100, abs=len(shares) / 2)


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (0.0, "0%"),
        (1e-4, "<0.1%"),
        (1 / 256, "0.4%"),
        (0.0099, "1%"),
        (0.426, "43%"),
        (0.994, "99.4%"),
        (0.996, "99.6%"),
        (0.9999, ">99.9%"),
        (sum([0.1] * 10), "100%"),
        (1.0, "100%"),
    ],
)
def test_a_share_reads_as_none_or_all_only_where_it_is(share, text):
    assert percent(share) == text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (["race", "surface=bale"], "There is no surface 'bale'. Did you mean 'beale'?"),
        (["race", "https://optviz.test/?lane=adm"], "Did you mean 'adam'?"),
        (["race", QUERY, "--out", "OUT/no/race.npz"], "there is no folder"),
        (["race", QUERY, "--out", "OUT"], "is no file"),
        (["rase", QUERY], "invalid choice"),
        (["map", QUERY], "required: --out. See python -m optviz map --help."),
        (["map", QUERY, "--out", "OUT/a", "--over", "lr,alfa"], "Did you mean 'alpha'?"),
        (["map", QUERY, "--out", "OUT/a", "--over", "lr"], "two different axes"),
        (["map", QUERY, "--out", "OUT/a", "--of", "2"], "The race has 2 lanes"),
        (["map", QUERY, "--out", "OUT/a", "--across", "2,1"], "from a lower number to a higher"),
        (["map", QUERY, "--out", "OUT/a", "--up", "-1,b"], "--y (y): 'b' is not a number"),
        (["map", QUERY, "--out", "OUT/a", "--over", "lr,x", "--across", "0,1"], "above 0"),
        (["map", QUERY, "--out", "OUT/a", "--n", "9000"], "--n is 9000; it can be at most 8192."),
        (["map", QUERY, "--out", "OUT/a", "--n", "1"], "--n is 1"),
        (["map", QUERY, "--out", "OUT/a", "--dtype", "int8"], "invalid choice"),
        (["map", QUERY, "--out", "OUT/a", "--devices", "many"], "'many' is not a number"),
        (["map", QUERY, "--out", "OUT/a", "--devices", "300"], "at most 256"),
        (["map", QUERY, "--out", "OUT/a", "--devices", "2"], "could not set up the devices"),
        (["map", QUERY, "--out", "OUT/a", "--processes", "2"], "--processes and --process"),
        (
            [
                "map",
                QUERY,
                "--coordinator=h:70000",
                "--processes=2",
                "--process=0",
                "--out",
                "OUT/a",
            ],
            "it should read HOST:PORT",
        ),
        (
            ["map", QUERY, "--coordinator=h:1", "--processes=2", "--process=2", "--out", "OUT/a"],
            "the last one is 1",
        ),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(typed, sentence, capsys, tmp_path):
    jax.devices()  # Now that they are there, it is too late for others.
    assert main([word.replace("OUT", str(tmp_path)) for word in typed]) == 2
    said = capsys.readouterr()
    assert not said.out
    assert sentence in said.err
    assert said.err.endswith(("?\n", ".\n"))
    assert len(said.err.splitlines()) == 1
    assert not [*tmp_path.iterdir()]


def test_an_interrupted_map_leaves_the_file_as_it_was(capsys, tmp_path, monkeypatch):
    file = tmp_path / "map.npz"
    file.write_text("an older map")
    typed = ["map", QUERY, "--n", "4", "--out", str(file)]

    def interrupted(*_, **__):
        raise KeyboardInterrupt

    def half(target, **_):
        target.write(b"half of")
        raise KeyboardInterrupt

    for owner, name, stops in ((mapping, "run_map", interrupted), (output.np, "savez", half)):
        with monkeypatch.context() as patch:
            patch.setattr(owner, name, stops)
            assert main(typed) == 130
        assert [*tmp_path.iterdir()] == [file]
        assert file.read_text() == "an older map"
    said = capsys.readouterr()
    assert not said.out
    assert not said.err
    assert main(typed) == 0
    assert [*tmp_path.iterdir()] == [file]


def test_a_terminal_shows_how_much_is_done(monkeypatch):
    terminal = io.StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)
    monkeypatch.setattr("sys.stderr", terminal)
    with progress.bar(10_000, shown=True) as proceed:
        assert all(proceed(done) for done in (0, 4096, 10_000, 0, 300))
    assert "/10.0k" in terminal.getvalue()
    assert "places found on the way: 0" in terminal.getvalue()
    terminal.truncate(0)
    with progress.bar(10_000, shown=False) as proceed:
        assert proceed(10_000)
    assert not terminal.getvalue()


@pytest.mark.parametrize(
    "typed", [[], ["--help"], *([name, "--help"] for name in ("race", "map", "compare"))]
)
@pytest.mark.parametrize(
    ("started", "called"),
    [
        ("/usr/bin/optviz", "optviz"),
        ("C:/Scripts/optviz.exe", "optviz"),
        ("/lib/optviz/__main__.py", "python -m optviz"),
    ],
)
def test_help_has_an_example_and_its_own_name(typed, started, called, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", [started, *typed])
    assert main() == 0
    said = capsys.readouterr().out
    assert f"usage: {called} " in said
    command = typed[0] if typed[1:] else "race"
    assert f"  {called} {command} " in said[said.index("example") :]
    assert ("python" in said) == ("python" in called)
    assert max(map(len, said.splitlines())) <= 100
