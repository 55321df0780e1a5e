#!/usr/bin/env python3
"""Changes comparisons, bounds and small constants of core one at a time, and looks whether a test notices.
usage: mutate.py WORK [COUNT] [--seconds N] [--seed N] [--only FILE-PART] [--at FILE:LINE] [--build FOLDER]
Each mutant is one changed source compiled alone and linked before the module's library into its test program; a
program that fails, crashes or does not end in time has noticed. Survivors are printed and fail the run, unless a line
of .ci/mutate.explained says why the change means the same."""
import concurrent.futures
import json
import os
import pathlib
import random
import re
import shlex
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
EXPLAINED = ROOT / '.ci/mutate.explained'
MODULES = {'core/src/webhook': ['core_webhook_test'],
           'core/src/mapping': ['core_mapping_test']}
SWAPS = [('<=', '<'), ('>=', '>'), ('<', '<='), ('>', '>='), ('==', '!='), ('!=', '=='), ('&&', '||'), ('||', '&&')]
OPERATOR = re.compile(r' (<=|>=|==|!=|&&|\|\||<|>) ')
ARITHMETIC = re.compile(r' ([+-]) (?=1\b)')
NUMBER = re.compile(r'(?<![\w.\'"])(\d{1,4})(?![\w.\'"])')
ENVIRONMENT = {**os.environ, 'GCOV_PREFIX': '/dev/null'}  # the counters of a mutant are nobody's
SLOW = 5  # a mutant may take so many times as long as the sound program, plus two seconds


def flag(name, otherwise):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else otherwise


BUILD = pathlib.Path(flag('--build', ROOT / 'build/coverage')).resolve()


class Mutant:
    def __init__(self, name, number, column, old, new):
        self.file, self.line, self.column, self.old, self.new = name, number, column, old, new

    def __str__(self):
        text = (ROOT / self.file).read_text().splitlines()[self.line - 1].strip()
        return f'{self.file}:{self.line}: {self.old} -> {self.new}   {text}'

    def key(self):
        text = (ROOT / self.file).read_text().splitlines()[self.line - 1].strip()
        return f'{self.file} | {self.old} -> {self.new} | {text}'

    def source(self):
        lines = (ROOT / self.file).read_text().splitlines(keepends=True)
        line = lines[self.line - 1]
        lines[self.line - 1] = line[:self.column] + self.new + line[self.column + len(self.old):]
        return f'#line 1 "{ROOT / self.file}"\n' + ''.join(lines)


def is_code(line):
    text = line.strip()
    return text and not text.startswith(('//', '#', '*', 'template', 'static_assert', 'using '))


def mutants_of(name):
    for number, line in enumerate((ROOT / name).read_text().splitlines(), 1):
        if not is_code(line):
            continue
        code = line.split(' // ')[0]
        quoted = [(m.start(), m.end()) for m in re.finditer(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)+\'', code)]

        def outside(at):
            return not any(start <= at < end for start, end in quoted)
        for found in OPERATOR.finditer(code):
            if outside(found.start(1)) and 'operator' not in code:
                yield Mutant(name, number, found.start(1), found[1], dict(SWAPS)[found[1]])
        for found in ARITHMETIC.finditer(code):
            if outside(found.start(1)):
                yield Mutant(name, number, found.start(1), found[1], '-' if found[1] == '+' else '+')
        for found in NUMBER.finditer(code):
            if outside(found.start(1)):
                yield Mutant(name, number, found.start(1), found[1], str(int(found[1]) + 1))


def compile_commands():
    rows = json.loads((BUILD / 'compile_commands.json').read_text())
    cache = (BUILD / 'CMakeCache.txt').read_text()
    home = re.search(r'^CMAKE_HOME_DIRECTORY:INTERNAL=(.*)$', cache, re.MULTILINE)[1] + '/'
    return {row['file'].removeprefix(home): row for row in rows if row['file'].startswith(home)}


def path_of(program):
    return next(path for path in (BUILD / 'tests/core').rglob(program) if path.is_file())


def link_command(program):
    target = str(path_of(program).relative_to(BUILD))
    text = subprocess.run(['ninja', '-C', str(BUILD), '-t', 'commands', '-s', target], capture_output=True, text=True,
                          check=True).stdout
    line = next(line for line in reversed(text.splitlines()) if ' -o ' in line and '.cpp.o' in line and '.a' in line)
    start = line.index('&& ') + 3 if line.startswith(':') or '&& ' in line else 0
    return shlex.split(line[start:].split(' && ')[0])


class Judge:
    def __init__(self, work, slot, commands, links, times):
        self.folder = work / f'slot{slot}'
        self.folder.mkdir(parents=True, exist_ok=True)
        self.commands, self.links, self.times = commands, links, times

    def build_object(self, mutant):
        row = self.commands[mutant.file]
        words = [word for word in shlex.split(row['command']) if not word.endswith('ccache')]
        source, target = self.folder / pathlib.Path(mutant.file).name, self.folder / 'mutant.o'
        source.write_text(mutant.source())
        words[words.index('-o') + 1] = str(target)
        words[words.index('-c') + 1] = str(source)
        words += ['-I', str((ROOT / mutant.file).parent), '-w', '-fno-profile-arcs', '-fno-test-coverage']
        return target if run(words, row['directory'], 300) == 0 else None

    def verdict(self, mutant):
        target = self.build_object(mutant)
        if target is None:
            return 'does not compile'
        for program in MODULES[str(pathlib.Path(mutant.file).parent)]:
            binary = self.folder / program
            words = list(self.links[program])
            place = words.index('-o')
            words[place + 1] = str(binary)
            words.insert(place + 2, str(target))
            if run(words, BUILD, 120) != 0:
                return 'does not link'
            limit = self.times[program] * SLOW + 2
            status = run([str(binary), '--gtest_brief=1', '--gtest_fail_fast'], ROOT, limit)
            if status != 0:
                return 'noticed'
        return 'SURVIVED'


def run(words, folder, seconds):
    try:
        return subprocess.run(words, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                              timeout=seconds, env=ENVIRONMENT).returncode
    except subprocess.TimeoutExpired:
        return -1


def chosen_mutants():
    only, at = flag('--only', ''), flag('--at', None)
    files = [str(path.relative_to(ROOT)) for module in MODULES for path in sorted((ROOT / module).glob('*.cpp'))]
    every = [mutant for name in files if only in name for mutant in mutants_of(name)]
    if at:
        return every, [mutant for mutant in every if f'{mutant.file}:{mutant.line}' == at]
    count = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[2].isdigit() else 100
    return every, random.Random(int(flag('--seed', '1'))).sample(every, min(count, len(every)))


def sound_times(programs):
    times = {}
    for program in programs:
        start = time.monotonic()
        if run([str(path_of(program)), '--gtest_brief=1'], ROOT, 600) != 0:
            sys.exit(f'mutation: {program} fails without a change')
        times[program] = time.monotonic() - start
    return times


def judge_all(work, chosen, until):
    commands = compile_commands()
    programs = sorted({program for mutant in chosen for program in MODULES[str(pathlib.Path(mutant.file).parent)]})
    links, times = {program: link_command(program) for program in programs}, sound_times(programs)
    slots = 2
    judges = [Judge(work, slot, commands, links, times) for slot in range(slots)]
    results, queue = [], list(chosen)

    def work_off(judge):
        while queue and time.monotonic() < until:
            mutant = queue.pop(0)
            results.append((mutant, judge.verdict(mutant)))
    with concurrent.futures.ThreadPoolExecutor(slots) as pool:
        list(pool.map(work_off, judges))
    return results


def main():
    work = pathlib.Path(sys.argv[1]).resolve()
    every, chosen = chosen_mutants()
    results = judge_all(work, chosen, time.monotonic() + float(flag('--seconds', '1200')))
    explained = EXPLAINED.read_text().splitlines() if EXPLAINED.exists() else []
    keys = {line.split(' => ')[0] for line in explained if ' => ' in line}
    counts = {}
    survivors = []
    for mutant, verdict in results:
        if verdict == 'SURVIVED' and mutant.key() in keys:
            verdict = 'survived, explained'
        if verdict == 'SURVIVED':
            survivors.append(mutant)
        counts[verdict] = counts.get(verdict, 0) + 1
    for mutant in sorted(survivors, key=str):
        print(mutant)
    shown = ', '.join(f'{count} {verdict}' for verdict, count in sorted(counts.items()))
    print(f'mutation: {len(results)} of {len(every)} mutants: {shown}')
    sys.exit(1 if survivors or not results else 0)


main()
