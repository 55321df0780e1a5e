#!/usr/bin/env python3
"""Fails for a file below tests/ that nothing runs or reads. usage: registered.py [ROOT]
A C++ source is named by a CMakeLists.txt of tests/; a *.test.mjs lies below a node suite of
.ci/suites; anything else is named, itself or by its folder, in a test, a CMakeLists.txt or a script."""
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'lib'))
import tree

KNOWN = ('CMakeLists.txt', 'README.md', 'package.json', 'package-lock.json', '.npmrc', 'tsconfig.json',
         '.gitignore')
READERS = ('.cpp', '.hpp', '.mjs', '.py', '.sh', '.ts', '.cmake', 'CMakeLists.txt', 'package.json')


def node_folders(root):
    text = (root / '.ci/suites').read_text()
    lines = [line.split() for line in text.splitlines() if not line.startswith('#')]
    return [line[2] + '/' for line in lines if len(line) > 2 and line[1] == 'node']


def cmake_names(root):
    """The sources that the CMakeLists.txt files of tests/ name: beside them, or from the project's root."""
    named = set()
    for lists in tree.files(root, 'tests/CMakeLists.txt', 'tests/*/CMakeLists.txt'):
        folder = pathlib.PurePosixPath(lists).parent
        for word in words(tree.read(root, lists)):
            named.add(word.removeprefix('${PROJECT_SOURCE_DIR}/'))
            named.add(f'{folder}/{word}')
            if folder.name == 'compile_fail':  # its function is told names without suffix
                named.add(f'{folder}/{word}.cpp')
    return named


def words(text):
    lines = (line.split('#')[0] for line in text.splitlines())
    return set(' '.join(lines).replace('(', ' ').replace(')', ' ').replace('"', ' ').split())


def mentioned(path, texts):
    """Whether the file, or a folder it lies in (below tests/), is named by another file."""
    parts = pathlib.PurePosixPath(path).parts
    names = [parts[-1], *('/'.join(parts[at - 1:at + 1]) for at in range(2, len(parts) - 1)), *parts[2:-1]]
    return any(name in text for name in names for other, text in texts.items() if other != path)


def main():
    root = tree.root_argument()
    folders, named, problems = node_folders(root), cmake_names(root), []
    listed = tree.files(root, 'tests')
    sources = tree.files(root, 'tests', '.ci', 'core', 'native', 'edge', 'web')
    texts = {path: tree.read(root, path) for path in sources if path.endswith(READERS)}
    for folder in folders:
        if not any(path.startswith(folder) and path.endswith('.test.mjs') for path in listed):
            problems.append(f'{folder}: a suite of .ci/suites without a test file')
    for path in listed:
        if pathlib.PurePosixPath(path).name in KNOWN or path.endswith('.hpp'):
            continue
        if path.endswith(('.cpp', '.c', '.cc')):
            if path not in named:
                problems.append(f'{path}: in no CMakeLists.txt')
        elif path.endswith(('.test.mjs', '.test.js', '.test.ts', '.test.tsx')):
            if not path.startswith(tuple(folders)) or not path.endswith('.test.mjs'):
                problems.append(f'{path}: below no node suite of .ci/suites, or not named *.test.mjs')
        elif path.startswith('tests/conformance/') and path.endswith('.conformance.mjs'):
            continue  # ./dev conformance runs every one of them
        elif not mentioned(path, texts):
            problems.append(f'{path}: nothing names it')
    tree.finish(problems)


main()
