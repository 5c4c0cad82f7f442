import pytest

from tests.permissions.canaries import put_out
from tests.permissions.places import make_world
from tests.permissions.probing import Prober


@pytest.mark.committed
def test_dev(db):
    import time, os

    world = make_world()
    aviary = put_out(world)
    prober = Prober(world, aviary)
    t = time.time()
    n = 0
    only = os.environ.get("ONLY", "")
    import random

    probes = [p for p in prober.probes() if only in str(p)]
    random.Random(1).shuffle(probes)
    lim = float(os.environ.get("LIM", "60"))
    import cProfile, pstats
    pr = cProfile.Profile()
    if os.environ.get("PROF"): pr.enable()
    for probe in probes:
        prober.ask(probe)
        n += 1
        if time.time() - t > lim:
            break
    if os.environ.get("PROF"):
        pr.disable(); pstats.Stats(pr).sort_stats("cumulative").print_stats(60)
    print(n, "of", len(probes), time.time() - t, prober.outcome.asked, len(aviary))
    from collections import Counter
    import re

    for kind in ("leaks", "writes", "wrong"):
        c = Counter(re.sub(r" about .*? of ", " about ", x) for x in getattr(prober.outcome, kind))
        print("==", kind, len(getattr(prober.outcome, kind)))
        for k, v in sorted(c.items())[: int(os.environ.get("SHOW", "60"))]:
            print(v, k)
    print(
        "not accepted:",
        sorted(
            {
                f"post {p}"
                for p, row in __import__("tests.permissions.oracle", fromlist=["PAGES"]).PAGES.items()
                if "post" in row
            }
            - prober.outcome.accepted
        ),
    )


@pytest.mark.committed
def test_accept(db):
    world = make_world()
    aviary = put_out(world)
    prober = Prober(world, aviary)
    from tests.permissions.oracle import PAGES, answer, Answer
    for page, row in PAGES.items():
        if "post" not in row: continue
        probes = [p for p in prober.probes_of(page) if p.method == "post" and answer(p.page, "post", p.who, p.thing) is Answer.OPEN and p.who.role]
        for p in probes[:12]:
            prober.ask(p)
            if f"post {page}" in prober.outcome.accepted: break
        else:
            print("NEVER", page, len(probes), probes[:1] and prober.fields(page, probes[0].thing))
            if probes:
                r,_ = prober._request(probes[0], prober.fields(page, probes[0].thing)); 
                import re
                print("   ", r.status_code, re.findall(r"error-summary.*?</ul>", r.content.decode(), re.S)[:1])
    print(prober.outcome.faults)
