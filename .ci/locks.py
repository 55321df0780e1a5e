#!/usr/bin/env python3
"""Fails for an npm package.json that is not reproducible: a version that is a range, no lock file beside it,
or a lock file that names a registry host. usage: locks.py [ROOT]
A lock file also has to hold every package that another one asks for: npm leaves out optional ones that the registry
did not have when it was written, and `npm ci` refuses such a file later."""
import json
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'lib'))
import tree

EXACT = re.compile(r'\d+\.\d+\.\d+([-+][\w.+-]+)?$|file:|npm:')


def missing(lock):
    """The packages that packages of this lock file depend on, and that are not in it."""
    packages = lock.get('packages', {})
    present = {where.split('node_modules/')[-1] for where in packages}
    wanted = {name for package in packages.values() for kind in ('dependencies', 'optionalDependencies')
              for name in package.get(kind, {})}
    return sorted(wanted - present)


def main():
    root, problems = tree.root_argument(), []
    for path in tree.files(root, '*package.json'):
        manifest = json.loads(tree.read(root, path))
        wanted = {name: version for kind in ('dependencies', 'devDependencies', 'optionalDependencies')
                  for name, version in manifest.get(kind, {}).items()}
        problems += [f'{path}: {name} {range_} is not one version' for name, range_ in wanted.items()
                     if not EXACT.match(range_)]
        if wanted and not (root / path).with_name('package-lock.json').is_file():
            problems.append(f'{path}: no package-lock.json beside it')
    for path in tree.files(root, '*package-lock.json'):
        problems += [f'{path}: {name} is not in it' for name in missing(json.loads(tree.read(root, path)))]
        if re.search(r'"resolved":\s*"https?:', tree.read(root, path)):
            problems.append(f'{path}: names a registry host; npm install --omit-lockfile-registry-resolved')
    tree.finish(problems)


main()
