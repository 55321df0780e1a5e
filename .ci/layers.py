#!/usr/bin/env python3
"""Fails when a module includes something on its own level or above, a foreign library outside its place, or
when code names a provider. usage: layers.py [ROOT]; the rules are in .ci/layers.rules below ROOT."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'lib'))
import tree

STANDARD = re.compile(r'[a-z_0-9]+$|(stddef|stdint|stdlib|string|limits|math)\.h$')
NAMELESS = ('core/src/', 'core/include/', 'core/abi/', 'edge/', 'web/src/', 'web/wasm/', 'native/')
IMPORT = re.compile(r'''(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]''')


class Rules:
    def __init__(self, text):
        self.levels, self.only, self.foreign, self.core, self.never, self.ids = [], {}, [], [], set(), []
        for line in text.splitlines():
            word, _, rest = line.partition(' ')
            if word == 'order':
                self.levels.append([level.split() for level in rest.split('<')])
            elif word == 'only':
                self.only[rest.split()[0]] = rest.split()[1:]
            elif word == 'foreign':
                self.foreign.append((rest.split()[0], tuple(rest.split()[1:])))
            elif word == 'core':
                self.core.append(rest.strip())
            elif word == 'never':
                self.never.update(rest.split())
            elif word == 'id':
                self.ids.append(tuple(rest.split(maxsplit=2)))
            elif line and not line.startswith('#'):
                sys.exit(f'layers.rules: {line}')
        self.modules = sorted({name for order in self.levels for level in order for name in level})

    def module(self, path, of):
        """The longest module name of the order `of` that `path` lies in."""
        plain = re.sub(r'^core/(include/tenon|src)/', 'core/', path)
        names = [name for level in of for name in level if plain.startswith(name + '/')]
        return max(names, key=len, default=None)

    def is_homeless(self, path):
        """Whether `path` is a source of core or native that no order knows."""
        plain = re.sub(r'^core/(include/tenon|src)/', 'core/', path)
        if not plain.startswith(('core/', 'native/')) or plain.count('/') < 2:
            return False
        return not any(self.module(path, order) not in (None, 'core') for order in self.levels)

    def objection(self, includer, included):
        """Why `includer` may not include `included`, or None. Both are paths in the tree."""
        for order in self.levels:
            mine, other = self.module(includer, order), self.module(included, order)
            if mine and other and mine != other:
                rank = {name: at for at, level in enumerate(order) for name in level}
                if rank[other] >= rank[mine]:
                    return f'{mine} may not include {other}'
                if mine in self.only and other.startswith('native/') and other not in self.only[mine]:
                    return f'{mine} may include only {" ".join(self.only[mine])}'
        if includer.startswith('core/') and included.startswith('native/'):
            return 'core may not include native'
        return None


def foreign_objection(rules, path, target, is_system):
    for prefix, places in rules.foreign:
        if target.startswith(prefix):
            return None if path.startswith(places) else f'<{target}> belongs to {" ".join(places)}'
    if not path.startswith('core/') or not is_system or target in rules.core:
        return None
    if target in rules.never or not STANDARD.match(target):
        return f'core may not include <{target}>'
    return None


def check_includes(root, rules, path):
    for number, target, is_system in tree.includes(tree.read(root, path)):
        problem = foreign_objection(rules, path, target, is_system)
        included = tree.resolve(root, path, target)
        if not problem and included:
            problem = rules.objection(path, included)
        if problem:
            yield f'{path}:{number}: {problem} ({target})'


def check_imports(root, rules, path):
    for number, line in enumerate(tree.read(root, path).splitlines(), 1):
        for target in IMPORT.findall(line):
            included = (root / path).parent.joinpath(target).resolve()
            if included.is_relative_to(root):
                problem = rules.objection(path, included.relative_to(root).as_posix())
                if problem:
                    yield f'{path}:{number}: {problem} ({target})'


def provider_names(root):
    names = set()
    for path in (root / 'core/providers').glob('*.json'):
        if path.stem != 'schema':
            document = json.loads(path.read_text())
            names.update([path.stem, *document.get('aliases', [])])
    return names


def allowed_name(rules, name, path, line):
    for id_, *where in rules.ids:
        if id_ == name and (where[0] == '*' or (where[0] == path and where[1].strip() == line.strip())):
            return True
    return False


def check_names(root, rules, path, quoted):
    for number, line in enumerate(tree.read(root, path).splitlines(), 1):
        for name in quoted.findall(line):
            if not allowed_name(rules, name, path, line):
                yield f'{path}:{number}: provider id "{name}" in code'


def main():
    root = tree.root_argument()
    rules = Rules((root / '.ci/layers.rules').read_text())
    names = provider_names(root)
    quoted = re.compile(r'["\'`](' + '|'.join(map(re.escape, sorted(names))) + r')["\'`]') if names else None
    problems = []
    for path in tree.files(root, 'core', 'native', 'edge', 'web'):
        if path.endswith(tree.C_SUFFIXES):
            if rules.is_homeless(path):
                problems.append(f'{path}: its module is in no order of .ci/layers.rules')
            problems += check_includes(root, rules, path)
        elif path.endswith(tree.SCRIPT_SUFFIXES):
            problems += check_imports(root, rules, path)
        else:
            continue
        if quoted and path.startswith(NAMELESS):
            problems += check_names(root, rules, path, quoted)
    tree.finish(problems)


if __name__ == '__main__':
    main()
