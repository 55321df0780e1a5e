"""What the gates share: the files of the tree that git would keep, and what they include."""
import pathlib
import re
import subprocess
import sys

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)')
C_SUFFIXES = ('.cpp', '.hpp', '.h', '.c', '.cc')
SCRIPT_SUFFIXES = ('.ts', '.tsx', '.js', '.mjs', '.jsx')


def root_argument():
    """The tree to look at: the one argument, or the repository this file is in."""
    return pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parents[2]).resolve()


def files(root, *folders):
    """Paths, relative to root and sorted: tracked or not, but never what .gitignore names."""
    command = ['git', '-C', str(root), 'ls-files', '-z', '--cached', '--others', '--exclude-standard', '--']
    listed = subprocess.run([*command, *folders], check=True, capture_output=True, text=True).stdout
    return sorted(path for path in set(listed.split('\0')) if path and (root / path).is_file())


def read(root, path):
    return (root / path).read_text(errors='replace')


def includes(text):
    """(line number, target, whether it is in angle brackets) of each #include."""
    for number, line in enumerate(text.splitlines(), 1):
        if found := INCLUDE.match(line):
            yield number, found[2], found[1] == '<'


def resolve(root, includer, target):
    """The path in the tree that `target` means in `includer`, even of a file not there; None if foreign."""
    if target.startswith('tenon/'):
        return 'core/include/' + target
    beside = pathlib.PurePosixPath(includer).parent / target
    folders = ('core/include', 'core/src', 'core', 'native', '.')
    for place in [str(beside), *(f'{folder}/{target}' for folder in folders)]:
        clean = (root / place).resolve()
        if clean.is_file() and clean.is_relative_to(root):
            return clean.relative_to(root).as_posix()
    first = target.split('/')[0]
    if includer.startswith('native/') and '/' in target and (root / 'native' / first).is_dir():
        return 'native/' + target
    return None


def finish(problems):
    """Prints the problems, one a line, and ends the program with their verdict."""
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)
