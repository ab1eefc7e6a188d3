"""Streamlit's modules that every page here needs, in a few files: it comes as a hundred of them.

Each module becomes a function that is called once, when it is first imported, and returns what the
module exports. An export whose value changes later cannot be passed on so: what has one, and what
imports one, stays a module of its own, between one file of functions and the next.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from optviz.pages.esmodule import Module, UnreadableError, read

# What the files call a module by its number with; no module may have this name.
CALL = "$optviz"
PART = "part-{}.js"
BESIDE = "./"
# The list of what a part loaded later needs; all that is in our files is there already.
NEEDED_LATER = re.compile(r"(?<=m\.f=\[)[^\]]*")


@dataclass(frozen=True)
class Merged:
    """The files by their names.

    `first` are those that a page asks for at once, of which the last one starts it; the other ones
    stand for a module, for those who import it that are not among these.
    """

    files: Mapping[str, str]
    first: tuple[str, ...]

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that is in the files, for an address that is kept for ever."""
        said = "\0".join(part for file in sorted(self.files.items()) for part in file)
        return hashlib.sha256(said.encode()).hexdigest()[:16]


def merged(folder: Path, entry: str, later: Iterable[str]) -> Merged:
    """Return all that the module `entry` of a folder imports, and what it loads of `later`.

    UnreadableError if the modules are written in another form than bundlers' own.
    """
    modules: dict[str, Module] = {}
    for name in (entry, *later):
        _collect(folder, name, modules, ())
    return _Files(modules, entry).merged()


def _collect(folder: Path, name: str, modules: dict[str, Module], above: tuple[str, ...]) -> None:
    """Add a module after all that it imports."""
    if name in above:
        raise UnreadableError(f"{name} imports itself.")
    if name in modules:
        return
    if Path(name).name != name or not (folder / name).is_file():
        raise UnreadableError(f"There is no module {name}.")
    source = (folder / name).read_bytes()
    module = read(source)
    if CALL.encode() in source:
        raise UnreadableError(f"{name} has a name of ours.")
    for address, _ in module.imports:
        _collect(folder, address.removeprefix(BESIDE), modules, (*above, name))
    modules[name] = module


class _Files:
    """Modules by their names, each after those that it imports, on their way into files."""

    def __init__(self, modules: dict[str, Module], entry: str) -> None:
        self._modules, self._entry = modules, entry
        self._numbers = {name: number for number, name in enumerate(modules)}
        # In their order, so that every replica makes the same.
        self._alone = dict.fromkeys(name for name in modules if self._changes(modules[name]))
        # In which file a module is; one that stays alone comes after the file of its number.
        self._parts: dict[str, int] = {}
        for name, module in modules.items():
            needed = [address.removeprefix(BESIDE) for address, _ in module.imports]
            apart = name not in self._alone
            self._parts[name] = max(
                (self._parts[one] + (apart and one in self._alone) for one in needed), default=0
            )

    def _changes(self, module: Module) -> bool:
        """Return whether a module exports or imports what changes."""
        return bool(module.changing) or any(
            name in self._modules[address.removeprefix(BESIDE)].changing
            for address, names in module.imports
            for name, _ in names
        )

    def merged(self) -> Merged:
        last = self._parts[self._entry]
        if max(self._parts.values()) > last:
            raise UnreadableError("What is loaded later cannot come with the rest.")
        parts = {PART.format(part): self._part(part) for part in range(last + 1)}
        alone = {name: self._by_itself(name) for name in self._modules if name in self._alone}
        stubs = {name: self._stub(name) for name in self._modules if name not in self._alone}
        first = sorted([*parts, *alone], key=lambda name: name == PART.format(last))
        return Merged(parts | alone | stubs, tuple(first))

    def _part(self, part: int) -> str:
        """Return the file of all functions of one number; the last one starts the page."""
        head = [f"const made=[],how=[];export const {CALL}=(n)=>made[n]??=how[n]();"]
        head.append(f"export const {CALL}how=how;")
        if part:
            head = [_import((CALL, CALL), (f"{CALL}how", f"{CALL}how"), of=PART.format(0))]
            head += [f'import"./{PART.format(one)}";' for one in range(1, part)]
        head += [
            f'import*as {CALL}{self._numbers[name]} from"./{name}";'
            for name in self._alone
            if self._parts[name] < part
        ]
        names = [n for n in self._modules if self._parts[n] == part and n not in self._alone]
        start = [f"{CALL}({self._numbers[self._entry]});"] if self._entry in names else []
        return "\n".join([*head, *map(self._function, names), *start])

    def _function(self, name: str) -> str:
        module = self._modules[name]
        exported = ",".join(f"{there}:{here}" for there, here in module.exports.items())
        lines = [self._taken(address, names) for address, names in module.imports]
        body = "\n".join([*lines, self._body(module), f"return{{{exported}}}"])
        return f"{CALL}how[{self._numbers[name]}]=(()=>{{{body}}});"

    def _by_itself(self, name: str) -> str:
        """Return a module that stays one."""
        module = self._modules[name]
        lines = [f'import"./{PART.format(one)}";' for one in range(1, self._parts[name] + 1)]
        lines.append(_import((CALL, CALL), of=PART.format(0)))
        taken = []
        for address, names in module.imports:
            alone = address.removeprefix(BESIDE) in self._alone
            lines += [_import(*names, of=address)] if alone else []
            taken += [] if alone else [self._taken(address, names)]
        return "\n".join([*lines, *taken, self._body(module), _export(module.exports)])

    def _stub(self, name: str) -> str:
        """Return a module that exports what the function of a module returns."""
        here = {there: f"${place}" for place, there in enumerate(self._modules[name].exports)}
        taken = self._taken(name, tuple(here.items()))
        parts = [f'import"./{PART.format(self._parts[name])}";']
        return "\n".join([*parts, _import((CALL, CALL), of=PART.format(0)), taken, _export(here)])

    def _taken(self, address: str, names: Iterable[tuple[str, str]]) -> str:
        """Return a statement that takes names from a module that was imported."""
        name = address.removeprefix(BESIDE)
        number = self._numbers[name]
        source = f"{CALL}{number}" if name in self._alone else f"{CALL}({number})"
        pairs = ",".join(f"{there}:{here}" for there, here in names)
        return f"const{{{pairs}}}={source};" if pairs else f"{source};"

    def _body(self, module: Module) -> str:
        """Return what a module does; what is in our files is not loaded again."""

        def loaded(found: re.Match[str]) -> str:
            name = found[2]
            if name not in self._numbers or name in self._alone:
                return found[0]
            return f"Promise.resolve().then(()=>{CALL}({self._numbers[name]}))"

        def listed(found: re.Match[str]) -> str:
            last = f'"{BESIDE}{PART.format(self._parts[self._entry])}"'
            return re.sub(
                r'"\./([^"]+)"', lambda one: last if one[1] in self._numbers else one[0], found[0]
            )

        body = re.sub(r"\bimport\(([`\"'])\./([^`\"']+)\1\)", loaded, module.body)
        return NEEDED_LATER.sub(listed, body)


def _import(*names: tuple[str, str], of: str) -> str:
    pairs = ",".join(f"{there} as {here}" for there, here in names)
    return f'import{{{pairs}}}from"./{of.removeprefix(BESIDE)}";'


def _export(names: Mapping[str, str]) -> str:
    pairs = ",".join(f"{here} as {there}" for there, here in names.items())
    return f"export{{{pairs}}};"
