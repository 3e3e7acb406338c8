"""Answers lines of JSON on standard input with lines of JSON on standard output."""

import json
import os
import sys


def serve(work):
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # What libraries print goes to standard error.
    for line in sys.stdin:
        request = json.loads(line)
        try:
            reply = work[request.pop("work")](**request)
        except Exception as error:  # The comparison goes on without this figure.
            reply = {"error": f"{type(error).__name__}: {error}".splitlines()[0][:300]}
        answers.write(json.dumps(reply) + "\n")
        answers.flush()
