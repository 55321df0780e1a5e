#!/usr/bin/env python3
"""Counts the test cases of a JUnit file (ctest or node --test): prints "PASSED FAILED" on stdout, and each
failure on stderr. Everything that did not run to its end counts as failed: skipped, disabled and cut-off tests
too. A file that is absent or can't be read counts as no test at all; the caller takes that for a failure."""
import sys
import xml.etree.ElementTree as xml

LINES_SHOWN = 20


def reason(case):
    """Why `case` did not pass, or None."""
    for name in ('failure', 'error', 'skipped'):
        found = case.find(name)
        if found is not None:
            texts = [found.get('message'), found.text, case.findtext('system-out')]
            return '\n'.join(text.strip() for text in texts if text) or name
    if case.get('status', 'run') != 'run':
        return case.get('status') + '\n' + (case.findtext('system-out') or '').strip()
    return None


def main(path):
    try:
        cases = list(xml.parse(path).iter('testcase'))
    except (OSError, xml.ParseError) as error:
        print(f'{path}: {error}', file=sys.stderr)
        cases = []
    bad = 0
    for case in cases:
        why = reason(case)
        if why is not None:
            bad += 1
            print(f'FAILED {case.get("name")}', file=sys.stderr)
            for line in why.splitlines()[-LINES_SHOWN:]:
                print(f'    {line}', file=sys.stderr)
    print(len(cases) - bad, bad)


main(sys.argv[1])
