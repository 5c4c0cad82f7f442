"""Headers of several editions of the postcode directory."""

import pytest

from opensponsor.reference.rules.postcode_file import Columns, find_columns


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        pytest.param(
            "pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward", Columns(2, 7, 5), id="directory up to 2024"
        ),
        pytest.param(
            "pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd", Columns(2, 7, 5), id="directory since 2025"
        ),
        pytest.param(
            "pcd,pcd2,pcds,dointr,doterm,usertype,cty,ced,laua,ward", Columns(2, 8, 6), id="statistics lookup"
        ),
        pytest.param("pcd8,lad23cd", Columns(0, 1, None), id="best-fit lookup without county"),
        pytest.param("\ufeffPCDS, LAD23CD ,LAD25CD,CTYCD", Columns(0, 2, 3), id="several years: the latest"),
        pytest.param("pcds,ladcd,ctycd", Columns(0, 1, 2), id="no year"),
        pytest.param("Postcode,ltla22cd", Columns(0, 1, None), id="lower-tier by another name"),
        pytest.param("Organisation Name,Town/City,County", None, id="a register of sponsors"),
        pytest.param("pcds,lat,long", None, id="no authority"),
        pytest.param("lad25cd,lad25nm", None, id="no postcode"),
        pytest.param("", None, id="empty"),
    ],
)
def test_columns_are_found_by_name(header, expected):
    assert find_columns(header.split(",")) == expected
