#!/usr/bin/env python3
"""Runs core's tests with counters and prints how many lines of core they execute, file by file.
usage: coverage.py BUILD [--missed FILE-PART]   (--missed lists the lines that nothing ran)
A line counts as run when any program ran it. Fails below LEAST."""
import collections
import json
import pathlib
import subprocess
import sys

LEAST = 95.0  # per cent of core/src, core/abi and core/include
SOURCES = ('core/src/', 'core/abi/', 'core/include/')
# Another build links this backend; there its primitives are run by ./dev conformance.
ELSEWHERE = ('core/src/crypto_bearssl/',)


def run_tests(build):
    for counters in build.rglob('*.gcda'):
        counters.unlink()
    programs = [path for path in sorted((build / 'tests/core').rglob('*_test')) if path.is_file()]
    if not programs:
        sys.exit(f'coverage: {build} has no test programs')
    for program in programs:
        result = subprocess.run([program, '--gtest_brief=1'], capture_output=True, text=True)
        if result.returncode != 0:
            sys.exit(f'coverage: {program.name} failed\n{result.stdout[-2000:]}{result.stderr[-2000:]}')
    print(f'coverage: {len(programs)} test programs passed')


def counted_lines(build, root):
    """{file: {line: runs}} of the sources, over all objects that hold a part of them."""
    lines = collections.defaultdict(lambda: collections.defaultdict(int))
    out = build / 'gcov'
    out.mkdir(exist_ok=True)
    for notes in sorted((build / 'core').rglob('*.gcno')) + sorted((build / 'tests/core').rglob('*.gcno')):
        text = subprocess.run(['gcov', '--json-format', '--stdout', str(notes)], cwd=out, capture_output=True).stdout
        for document in text.splitlines():
            for file in json.loads(document)['files']:
                add_file(lines, file, root)
    return lines


def add_file(lines, file, root):
    path = pathlib.Path(file['file'])
    path = path if path.is_absolute() else root / path
    try:
        name = str(path.resolve().relative_to(root))
    except ValueError:
        return
    if not name.startswith(SOURCES) or name.startswith(ELSEWHERE):
        return
    for line in file['lines']:
        lines[name][line['line_number']] += line['count']


def figures(lines):
    rows = [(sum(1 for runs in counted.values() if runs), len(counted), name) for name, counted in lines.items()]
    return sorted(rows, key=lambda row: (row[0] / row[1], row[2]))


def print_missed(lines, part, root):
    for name in sorted(name for name in lines if part in name):
        source = (root / name).read_text().splitlines()
        for number, runs in sorted(lines[name].items()):
            if runs == 0:
                print(f'{name}:{number}: {source[number - 1].strip()}')


def main():
    root = pathlib.Path(__file__).resolve().parent.parent
    build = pathlib.Path(sys.argv[1]).resolve()
    if '--again' not in sys.argv:
        run_tests(build)
    lines = counted_lines(build, root)
    if '--missed' in sys.argv:
        print_missed(lines, sys.argv[sys.argv.index('--missed') + 1], root)
    rows = figures(lines)
    for run, all_lines, name in rows:
        if run < all_lines * LEAST / 100:
            print(f'  {100 * run / all_lines:5.1f} %  {all_lines - run:4} of {all_lines:4} lines not run  {name}')
    run, all_lines = sum(row[0] for row in rows), sum(row[1] for row in rows)
    print(f'coverage: {run} of {all_lines} lines of core, {100 * run / all_lines:.2f} %, in {len(rows)} files')
    sys.exit(0 if run >= all_lines * LEAST / 100 else 1)


main()
