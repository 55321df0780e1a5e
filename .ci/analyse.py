#!/usr/bin/env python3
"""Runs clang-tidy or cppcheck over the C++ sources of core/ and native/ that changed since they were clean.
usage: analyse.py clang-tidy|cppcheck [--all] [FILE…]
A file is clean for a key made of its text, the text of every header of ours that it includes, and the
tool's settings; clean keys are kept in build/.lint-cache. Both tools read build/dev: its compile commands and
generated headers."""
import concurrent.futures
import hashlib
import json
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / 'lib'))
import tree

ROOT = pathlib.Path(__file__).resolve().parents[1]
CACHE = ROOT / 'build/.lint-cache'
COMMANDS = ROOT / 'build/dev/compile_commands.json'
TIMEOUT_S = 300

# cppcheck sees no system header and does not know coroutines: a co_return ends no path for it, a co_await every
# scope, a literal like 0ms is an internal error. What depends on these is left to the compiler and to clang-tidy, which check the same things.
CPPCHECK_UNFIT = ['missingInclude', 'missingIncludeSystem', 'unknownMacro', 'internalAstError', 'syntaxError',
                  'cppcheckError', 'missingReturn', 'accessMoved', 'passedByValue', 'useInitializationList',
                  'nullPointerRedundantCheck', 'invalidLifetime']
CPPCHECK = ['cppcheck', '--quiet', '--std=c++20', '--language=c++', '--inline-suppr',
            '--enable=warning,performance,portability', '--error-exitcode=1',
            '-Icore/include', '-Icore/src', '-Inative', *(f'--suppress={name}' for name in CPPCHECK_UNFIT)]
CLANG_TIDY = ['clang-tidy-19', '--quiet', '-p', 'build/dev', '--extra-arg=-Wno-unknown-warning-option',
              '--extra-arg=-Wno-deprecated-declarations']  # std::stable_sort of libstdc++ 12


def command_for(tool, path):
    return [*(CLANG_TIDY if tool == 'clang-tidy' else CPPCHECK), path]


def settings(tool):
    text = tree.read(ROOT, '.clang-tidy') if tool == 'clang-tidy' else ''
    return json.dumps([command_for(tool, ''), text])


def closure(path, seen):
    """`path` and every file of the tree that it includes, directly or not."""
    if path in seen or not (ROOT / path).is_file():
        return seen
    seen.add(path)
    for _, target, _ in tree.includes(tree.read(ROOT, path)):
        included = tree.resolve(ROOT, path, target)
        if included:
            closure(included, seen)
    return seen


def key(tool, path):
    digest = hashlib.sha256(settings(tool).encode())
    for name in sorted(closure(path, set())):
        digest.update(name.encode() + b'\0' + (ROOT / name).read_bytes())
    return digest.hexdigest()


def compiled():
    if not COMMANDS.is_file():
        sys.exit('build/dev is not there: ./dev build dev')
    return {os.path.relpath(entry['file'], ROOT) for entry in json.loads(COMMANDS.read_text())}


def run(tool, path):
    try:
        done = subprocess.run(command_for(tool, path), cwd=ROOT, capture_output=True, text=True,
                              timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired:
        return path, 1, f'{path}: {tool} took more than {TIMEOUT_S} s'
    return path, done.returncode, (done.stdout + done.stderr).strip()


def main():
    tool, *rest = sys.argv[1:]
    wanted = [name for name in rest if name != '--all'] or tree.files(ROOT, 'core/*.cpp', 'native/*.cpp')
    known = compiled()
    wanted = [path for path in wanted if path in known]
    keys = {path: key(tool, path) for path in wanted}
    CACHE.mkdir(parents=True, exist_ok=True)
    due = [path for path in wanted if '--all' in rest or not (CACHE / keys[path]).is_file()]
    failed = 0
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        for path, status, output in pool.map(lambda path: run(tool, path), due):
            if status == 0:
                (CACHE / keys[path]).touch()
            else:
                failed += 1
                print(output, flush=True)
    print(f'{tool}: {len(wanted)} files, {len(due)} looked at, {failed} with findings')
    sys.exit(1 if failed else 0)


main()
