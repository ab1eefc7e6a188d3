"""What deploys the app fits the app: settings there are, servers that nginx knows, no rights."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from optviz import settings
from optviz.watch import figures
from tests.image import licences

ROOT = Path(__file__).parents[1]
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
NGINX = (ROOT / "deploy" / "nginx.conf").read_text()
CLUSTER = [*yaml.safe_load_all((ROOT / "deploy" / "kubernetes.yaml").read_text())]
SERVERS = {
    name: one for name, one in COMPOSE["services"].items() if re.fullmatch(r"optviz-\d+", name)
}


def test_every_part_of_the_cluster_is_one_that_a_cluster_takes():
    latest = kubernetes_validate.latest_version()
    kinds = {part["kind"] for part in CLUSTER}
    for part in CLUSTER:
        kubernetes_validate.validate(part, latest, strict=True)
    assert kinds == {
        *("Deployment", "Service", "Ingress", "HorizontalPodAutoscaler", "PodDisruptionBudget")
    }


def test_nginx_knows_the_servers_and_no_others():
    named = re.findall(r"^ +server ([\w-]+):8501 ", NGINX, re.MULTILINE)
    assert sorted(named) == sorted(SERVERS)
    assert len(SERVERS) >= 2


def in_cluster() -> dict[str, str]:
    (one,) = CLUSTER[0]["spec"]["template"]["spec"]["containers"]
    return {each["name"]: each["value"] for each in one["env"]}


@pytest.mark.parametrize("name", [*SERVERS, "cluster"])
def test_a_server_is_given_settings_that_it_takes(name):
    given = in_cluster() if name == "cluster" else SERVERS[name]["environment"]
    assert {*given} <= {*settings.SETTINGS}
    # What is left to whoever starts it is as usual where it is not said.
    usual = {key: re.sub(r"\$\{\w+:-(.*)\}", r"\1", value) for key, value in given.items()}
    read = settings.read(usual)
    assert read["OPTVIZ_PROGRAMS_MB"] == 256
    assert read["OPTVIZ_TRUSTED_PROXIES"] != ["127.0.0.1"], "nginx is on another machine"
    if name != "cluster":
        assert {*given} == {*settings.SETTINGS}


@pytest.mark.parametrize("name", [*COMPOSE["services"]])
def test_a_container_has_no_rights_and_writes_nothing(name):
    one = COMPOSE["services"][name]
    assert one["read_only"]
    assert one["cap_drop"] == ["ALL"]
    assert one["security_opt"] == ["no-new-privileges:true"]
    assert not one["user"].startswith("0")
    assert one["tmpfs"][0].startswith("/tmp:size=")


def test_a_pod_has_no_rights_and_writes_nothing():
    pod = CLUSTER[0]["spec"]["template"]["spec"]
    (one,) = pod["containers"]
    assert pod["securityContext"]["runAsNonRoot"]
    assert not pod["automountServiceAccountToken"]
    own = one["securityContext"]
    assert own["readOnlyRootFilesystem"]
    assert not own["allowPrivilegeEscalation"]
    assert own["capabilities"] == {"drop": ["ALL"]}
    probes = [one[f"{kind}Probe"] for kind in ("startup", "readiness", "liveness")]
    assert {probe["httpGet"]["path"] for probe in probes} == {"/_stcore/health"}


def test_the_dashboard_shows_figures_that_there_are():
    board = json.loads((ROOT / "deploy" / "grafana.json").read_text())
    asked = [target["expr"] for panel in board["panels"] for target in panel["targets"]]
    named = {name for text in asked for name in re.findall(r"(?:optviz|process)_\w+", text)}
    known = set(re.findall(r"(?m)^# TYPE (\w+) ", figures.written().decode()))
    bare = {re.sub(r"_(bucket|count)$", "", name) for name in named}
    assert bare <= known, bare - known
    assert {name for name in known if name.startswith("optviz")} - bare == {"optviz_programs"}


def names_of(file: str) -> list[Requirement]:
    """Return what a file of requirements asks for."""
    lines = (line.partition("#")[0].strip() for line in (ROOT / file).read_text().splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith("-")]


def test_the_image_holds_what_the_app_needs_in_versions_that_it_takes():
    text = (ROOT / "deploy" / "requirements.lock").read_text().replace("\\\n", " ")
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    held = {}
    for pin, *hashes in lines:
        name, _, version = pin.partition("==")
        assert hashes, name
        assert all(re.fullmatch(r"--hash=sha256:[0-9a-f]{64}", one) for one in hashes)
        held[name] = version
    asked = [*names_of("requirements-library.txt"), *names_of("requirements-app.txt")]
    assert len(asked) > 10
    for one in asked:
        version = held[canonicalize_name(one.name)]
        assert one.specifier.contains(version), f"{one}, but {version}"


def test_the_licence_of_all_that_the_image_holds_is_known():
    listed = dict(re.findall(r"(?m)^\| ([\w-]+) \| (.+) \|$", licences.LIST.read_text()))
    assert {*licences.held()} == {*listed} - {"package", "---"}
    assert "unknown" not in listed.values()
