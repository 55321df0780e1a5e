"""Finds functions and their lines in C++, JavaScript, TypeScript, Python and shell sources, without a compiler.
Braces are matched after literals and comments were blanked; a block belongs to a function when its head has a
parameter list. Of nested functions only the outermost counts, except inside classes, namespaces and test
groups."""
import ast
import re

C_LIKE = ('.cpp', '.hpp', '.h', '.c', '.cc')
SCRIPTS = ('.ts', '.tsx', '.js', '.mjs', '.jsx')

RAW_STRING = re.compile(r'R"([^()\\ ]*)\(.*?\)\1"', re.S)
COMMENT_OR_LITERAL = {
    'c': re.compile(r'''//(?:\\\n|[^\n])*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"'''
                    r'''|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+\'''', re.S),
    'js': re.compile(r'''//[^\n]*|/\*.*?\*/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`'''
                     r'''|(?<=[(,=:\[!&|?{};])\s*/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*''', re.S),
}
GROUP = {
    'c': re.compile(r'\b(namespace|class|struct|union|enum)\b'
                    r'(?![^{]*\)\s*(const|noexcept|override|final)*\s*$)|^\s*extern\s*$'),
    'js': re.compile(r'\b(class|interface|namespace)\b|^\s*(describe|suite)\s*\('),
}
CONTROL = re.compile(r'^\s*(?:else\s+)?(if|for|while|switch|catch|do|else|try|return|with)\b')
FUNCTION = {
    'c': re.compile(r'([~\w]+|operator\s*\S+)\s*\([^{}]*$', re.S),
    'js': re.compile(r'([\w$]+)\s*(?:<[^>]*>)?\s*(?:=\s*(?:async\s*)?)?\([^{}]*$', re.S),
}


def blank(found):
    return re.sub(r'[^\n]', ' ', found[0])


def without_literals(text, language):
    if language == 'c':
        text = re.sub(r'^[ \t]*#(?:\\\n|[^\n])*', blank, text, flags=re.M)
        text = RAW_STRING.sub(blank, text)
    return COMMENT_OR_LITERAL[language].sub(blank, text)


def name_of(head, language):
    """The function that a block with this head is the body of, or None."""
    if CONTROL.match(head) or '(' not in head and '=>' not in head:
        return None
    called = re.match(r'\s*(?:TEST|TEST_F|TEST_P|TYPED_TEST)\s*\(\s*(\w+)\s*,\s*(\w+)', head)
    if called:
        return f'{called[1]}.{called[2]}'
    found = FUNCTION[language].search(head[:head.find('(') + 1])
    return found[1] if found else 'anonymous'


def is_value(head, language):
    """Whether the brace after `head` opens a value or a pattern (`name_{…}`, `= {}`, `({ a, b })`)."""
    end = head.rstrip()
    if language == 'js':
        return end[-1:] in tuple('(,=:[?&|') and not end.endswith('=>')
    return head[-1:].isalnum() or head[-1:] in ('_', '>') or head.count('(') > head.count(')')


def braced(text, language):
    text = without_literals(text, language)
    stack, head_start, line = [], 0, 1
    for at, char in enumerate(text):
        if char == '\n':
            line += 1
        elif char == '{':
            head = text[head_start:at]
            if is_value(head, language):
                stack.append((None, None))
                continue
            inside = any(name for name, _ in stack)
            group = not inside and GROUP[language].search(head)
            name = None if inside or group else name_of(head.strip(), language)
            stack.append((name, line - head.lstrip().count('\n')))
            head_start = at + 1
        elif char == '}' and stack:
            name, first = stack.pop()
            if first is None:
                continue
            if name:
                yield name, first, line
            head_start = at + 1
        elif char == ';':
            head_start = at + 1


def functions(path, text):
    """(name, first line, last line) of each function of the file `path` with this text."""
    if path.endswith(C_LIKE):
        yield from braced(text, 'c')
    elif path.endswith(SCRIPTS):
        yield from braced(text, 'js')
    elif path.endswith('.py') or text.startswith('#!/usr/bin/env python3'):
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                yield node.name, node.lineno, node.end_lineno
    elif path.endswith(('.sh', '.bash')) or text.startswith('#!/usr/bin/env bash'):
        for found in re.finditer(r'^([\w-]+)\(\) \{\n(?:.*\n)*?\}', text, re.M):
            first = text.count('\n', 0, found.start()) + 1
            yield found[1], first, first + found[0].count('\n')
