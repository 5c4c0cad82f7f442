"""What a page costs somebody with a slow connection."""

import brotli

FIRST_LOAD_BYTES = 60_000
STYLE_BYTES, SCRIPT_BYTES = 25_000, 20_000
LIST_BYTES, LIST_RAW_BYTES = 8_000, 80_000
# What a web server in front uses for pages that are made for each reader.
BROTLI_QUALITY = 5


def _compressed(content: bytes) -> int:
    return len(brotli.compress(content, quality=BROTLI_QUALITY))


def test_the_first_page_is_light(somebody):
    visitor = somebody()
    answers = []
    visitor.context.on("response", lambda answer: answers.append(answer))
    visitor.opens("/gallery/list/")
    visitor.page.wait_for_load_state("networkidle")
    sizes = {"document": 0, "stylesheet": 0, "script": 0, "other": 0}
    for answer in answers:
        kind = answer.request.resource_type
        size = _compressed(answer.body()) if kind == "document" else answer.request.sizes()["responseBodySize"]
        sizes[kind if kind in sizes else "other"] += size
    assert sizes["stylesheet"] <= STYLE_BYTES, sizes
    assert sizes["script"] <= SCRIPT_BYTES, sizes
    assert sum(sizes.values()) <= FIRST_LOAD_BYTES, sizes


def test_what_was_loaded_once_is_not_loaded_again(somebody):
    visitor = somebody()
    visitor.opens("/gallery/list/")
    kinds = []
    visitor.context.on("response", lambda answer: kinds.append((answer.request.resource_type, answer.url)))
    visitor.opens("/gallery/record/")
    visitor.page.wait_for_load_state("networkidle")
    again = [url for kind, url in kinds if kind in {"stylesheet", "script"} and "/static/" in url]
    stored = visitor.page.evaluate(
        "performance.getEntriesByType('resource').filter((one) => one.transferSize > 0).map((one) => one.name)"
    )
    assert not set(again) & set(stored), again


def test_a_list_of_fifty_rows_is_small(somebody):
    answer = somebody().opens("/gallery/list/")
    content = answer.body()
    assert len(content) <= LIST_RAW_BYTES
    assert _compressed(content) <= LIST_BYTES
