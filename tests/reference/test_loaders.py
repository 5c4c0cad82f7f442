"""Loading the register and the postcode directory."""

import zipfile

import pytest
from django.db import connection

from opensponsor.core.refusals import Refused
from opensponsor.reference import packaged, services
from opensponsor.reference.models import ArrivalHub, Authority, AuthorityName, Postcode, Succession
from opensponsor.reference.services import LoadedRegister

pytestmark = pytest.mark.django_db

OLD_EDITION = """\
pcd,pcd2,pcds,dointr,doterm,oscty,ced,oslaua,osward
"CF103NQ","CF10 3NQ","CF10 3NQ",198001,,W99999999,W99999999,W06000015,W05000001
"CT1 1AA","CT1  1AA","CT1 1AA",198001,,E10000016,E58000001,E07000106,E05000001
"CA1 1AA","CA1  1AA","CA1 1AA",198001,,E10000006,E58000002,E07000028,E05000002
"""
NEW_EDITION = """\
pcd7,pcd8,pcds,dointr,doterm,cty25cd,ced25cd,lad25cd,wd25cd
"CA1 1AA","CA1  1AA","CA1 1AA",198001,,E99999999,E99999999,E06000063,E05000003
"CF103NQ","CF10 3NQ","CF10 3NQ",198001,,W99999999,W99999999,W06000015,W05000001
"""


@pytest.fixture
def write(tmp_path):
    def write_file(text, name="directory.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write_file


@pytest.fixture
def register():
    services.load_authorities()
    Postcode.objects.all().delete()


def stored():
    return set(Postcode.objects.values_list("postcode", "lower_tier_id", "upper_tier_id"))


def test_loading_twice_changes_nothing():
    services.load_authorities()
    assert Authority.objects.count() == len(packaged.authorities())
    assert Succession.objects.count() == len(packaged.successions())
    assert ArrivalHub.objects.count() == 5
    again = services.load_authorities()
    assert again == LoadedRegister(0, 0, 0, 0)
    assert str(again) == "0 authorities, 0 names, 0 successions, 0 arrival hubs"


def test_loading_again_mends_what_differs(register):
    Authority.objects.filter(code="W06000015").update(name_cy="")
    AuthorityName.objects.create(authority_id="W06000015", kind="OTHER", name="Elsewhere", key="elsewhere")
    Succession.objects.filter(predecessor_id="E07000026").delete()
    assert services.load_authorities() == LoadedRegister(1, 1, 1, 0)
    assert Authority.objects.get(code="W06000015").name_cy == "Caerdydd"


def test_a_directory_is_loaded_and_its_next_edition_changes_only_what_moved(register, write):
    first = services.load_postcodes(write(OLD_EDITION))
    assert (first.read, first.changed) == (3, 3)
    assert stored() == {
        ("CF103NQ", "W06000015", None),
        ("CT11AA", "E07000106", "E10000016"),
        ("CA11AA", "E07000028", "E10000006"),
    }
    second = services.load_postcodes(write(NEW_EDITION))
    assert (second.read, second.changed) == (2, 1)
    assert stored() == {
        ("CF103NQ", "W06000015", None),
        ("CT11AA", "E07000106", "E10000016"),
        ("CA11AA", "E06000063", None),
    }
    assert services.load_postcodes(write(NEW_EDITION)).changed == 0


def test_the_directory_may_come_in_its_zip_file(register, tmp_path):
    path = tmp_path / "edition.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("Documents/LAD names and codes.csv", "LAD25CD,LAD25NM\n" + "W06000015,Cardiff\n" * 50)
        archive.writestr("User Guide/guide.pdf", b"%PDF")
        archive.writestr("Data/multi_csv/part.csv", "pcds,lad25cd\nCF10 3NQ,W06000015\n")
        archive.writestr("Data/all.csv", "\ufeff" + NEW_EDITION)
    assert services.load_postcodes(path).changed == 2


def test_rows_that_cannot_be_used_are_counted_and_left_out(register, write):
    good = "".join(f"CF10 {number}NQ,W06000015,\n" for number in range(10))
    loaded = services.load_postcodes(
        write(
            "pcds,lad25cd,cty25cd\n"
            + good * 10
            + "nonsense,W06000015,\nIM1 1AA,,\nCT1 1AA,E07000106,E10000012\nshort\n"
        )
    )
    assert (loaded.read, loaded.changed) == (104, 11)
    assert (loaded.malformed, loaded.without_authority, loaded.other_county) == (2, 1, 1)
    assert ("CT11AA", "E07000106", "E10000016") in stored()
    assert str(loaded).startswith("104 rows read, 11 postcodes added or changed.")


def test_a_county_is_no_lower_tier(register, write):
    rows = "".join(f"CF10 {number}NQ,W06000015\n" for number in range(10)) * 3
    loaded = services.load_postcodes(write("pcds,lad25cd\n" + rows + "CT1 1AA,E10000016\n"))
    assert loaded.unknown_authority == 1
    assert not Postcode.objects.filter(postcode="CT11AA").exists()


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        pytest.param(
            "Organisation Name,Town/City\nAcme,Cardiff\n", "sponsors.csv", "is not the postcode directory", id="csv"
        ),
        pytest.param("", "empty.csv", "is not the postcode directory", id="empty"),
        pytest.param(b"\xff\xfe\x00\x01" * 99, "picture.png", "is not the postcode directory", id="binary"),
        pytest.param(b"PK\x05\x06" + bytes(18), "empty.zip", "is not the postcode directory", id="empty zip"),
        pytest.param("pcds,lad25cd\n", "header.csv", "holds no postcode", id="header only"),
        pytest.param("pcds,lad25cd\nCF10 3NQ,\n", "blank.csv", "holds no postcode", id="no authority"),
        pytest.param("pcds,lad25cd\nCF10 3NQ,X06000015\n", "other.csv", "Load the authorities first", id="other codes"),
        pytest.param(b"pcds,lad25cd\nCF10 3NQ,\xff\xff\n", "latin.csv", "is not the postcode directory", id="encoding"),
    ],
)
def test_a_wrong_file_is_refused_with_a_sentence_and_nothing_is_loaded(register, write, content, name, sentence):
    with pytest.raises(Refused, match=sentence) as refusal:
        services.load_postcodes(write(content, name))
    assert name in str(refusal.value)
    assert str(refusal.value).endswith(".")
    assert stored() == set()


def test_a_missing_file_and_a_folder_are_refused(register, tmp_path):
    for path in (tmp_path / "nothing.csv", tmp_path):
        with pytest.raises(Refused, match="There is no file"):
            services.load_postcodes(path)


def test_the_demonstration_has_a_few_postcodes_of_many_authorities(register):
    assert services.load_demo_postcodes().unknown_authority == 0
    assert services.load_demo_postcodes().changed == 0
    welsh = Authority.objects.filter(nation="WALES").values_list("code", flat=True)
    assert set(welsh) <= set(Postcode.objects.values_list("lower_tier_id", flat=True))
    assert Postcode.objects.values("lower_tier_id").distinct().count() >= 30


def test_long_loads_may_outlast_the_limit_of_a_page(register, write):
    services.load_postcodes(write(OLD_EDITION))
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        assert cursor.fetchone() == ("30min",)
