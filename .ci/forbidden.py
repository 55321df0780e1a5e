#!/usr/bin/env python3
"""Fails for what may not stand in the tree: tests that do not run, swallowed failures, paths of one machine,
registry hosts. usage: forbidden.py [ROOT]; the rules are tab-separated lines of .ci/forbidden.rules."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'lib'))
import tree

TEXT_LIMIT = 2_000_000


def rules(root):
    for line in (root / '.ci/forbidden.rules').read_text().splitlines():
        if line and not line.startswith('#'):
            pattern, where, allowed, why = line.split('\t')
            yield re.compile(pattern), where.split(), tuple(allowed.split()), why


def check(root, pattern, where, allowed, why):
    for path in tree.files(root, *where):
        file = root / path
        if path.startswith(allowed) or file.is_symlink() or file.stat().st_size > TEXT_LIMIT:
            continue
        text = tree.read(root, path)
        if '\0' in text or not pattern.search(text):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if pattern.search(line):
                yield f'{path}:{number}: {why}: {line.strip()[:120]}'


def main():
    root, problems = tree.root_argument(), []
    for rule in rules(root):
        problems += check(root, *rule)
    tree.finish(problems)


main()
