"""Finding files: folders, patterns, lists, links, odd names, storages; nothing is lost in silence."""

from __future__ import annotations

import os
import pickle
import socket
import subprocess
import unicodedata
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import longpaths, remote
from pipeline.discovery import Found, discover_files, select
from pipeline.errors import EmptyFile, MissingTool, TooLarge, UnreadableFile
from pipeline.locations import Location
from pipeline.parsers import parse
from pipeline.parsers.limits import Limits
from pipeline.selection import NoList, Pattern
from pipeline.usage import NoSource
from tests.bad_files import plan_text, write
from tests.storage import put, s3_server
from tests.zips import zip_bytes


def names(source: str | Path, listed: Path | None = None, leave_out: str | Path | None = None) -> list[str]:
    return [found.name for found in discover_files(select(source, listed), leave_out)]


def codes(source: str | Path, listed: Path | None = None) -> dict[str, str | None]:
    found = discover_files(select(source, listed))
    return {each.name: each.reason.code if each.reason else None for each in found}


def only(source: str | Path, listed: Path | None = None) -> Found:
    (found,) = discover_files(select(source, listed))
    return found


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/z.pdf", "a/c/y.docx", "B/x.txt", "a.txt", ".ẩn/h.txt", "Kế hoạch/kế.txt"):
        write(tmp_path, f"nguồn/{name}", name)
    return tmp_path / "nguồn"


# --- folders and files ------------------------------------------------------------------------


def test_the_order_is_always_the_same_and_files_stand_before_folders(tree: Path) -> None:
    assert names(tree) == [
        "a.txt",
        "b.txt",
        ".ẩn/h.txt",
        "B/x.txt",
        "Kế hoạch/kế.txt",
        "a/z.pdf",
        "a/c/y.docx",
    ]


def test_files_are_looked_for_while_they_are_asked_for(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = longpaths.names_in
    monkeypatch.setattr(longpaths, "names_in", lambda path: opened.append(path) or real(path))
    assert len(list(islice(discover_files(select(tree)), 2))) == 2
    assert opened == [str(tree)]


def test_a_file_has_the_stamp_of_its_system(tree: Path) -> None:
    info = (tree / "a.txt").stat()
    stamp = next(found.stamp for found in discover_files(select(tree)) if found.name == "a.txt")
    assert (stamp.size, stamp.mtime_ns, stamp.inode) == (info.st_size, info.st_mtime_ns, info.st_ino)


def test_what_is_found_crosses_process_borders(tree: Path) -> None:
    for found in discover_files(select(tree)):
        assert pickle.loads(pickle.dumps(found)) == found
        assert found.location.read().decode() == found.name


def test_a_single_file_has_the_name_and_identity_that_it_has_in_its_folder(tree: Path) -> None:
    one = select(tree / "a" / "z.pdf")
    assert names(tree / "a" / "z.pdf") == ["z.pdf"]
    assert one.identity == select(tree / "a").identity
    assert one.given == str(tree / "a" / "z.pdf")


def test_a_link_that_is_named_as_the_source_is_followed(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links/plan.txt").symlink_to(tree / "a.txt")
    (tmp_path / "links/folder").symlink_to(tree)
    assert only(tmp_path / "links/plan.txt").name == "plan.txt"
    assert only(tmp_path / "links/plan.txt").location.read() == b"a.txt"
    assert names(tmp_path / "links/folder") == names(tree)
    assert select(tmp_path / "links/folder").identity == select(tree).identity


@pytest.mark.parametrize("source", ["none", "none/*.txt", "nguồn/none.txt", "file:///none", "s4://x/y"])
def test_what_is_not_there_is_no_source(source: str, tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree.parent)
    with pytest.raises((NoSource, remote.UnknownAddress)):
        select(source)


def test_an_address_of_this_machine_is_a_path(tree: Path) -> None:
    for address in (f"file://{tree}", f"file://localhost{tree}", tree.as_uri()):
        assert select(address).identity == select(tree).identity
        assert names(address) == names(tree)


# --- what is not read -------------------------------------------------------------------------


def test_links_are_followed_to_files_inside_only(tree: Path, tmp_path: Path) -> None:
    outside = write(tmp_path, "nguồn khác/secret.txt", "x")
    targets = {"in": tree / "a.txt", "out": outside, "folder": tree / "a", "loop": tree, "none": tree / "0"}
    for name, target in targets.items():
        (tree / "a/c" / name).symlink_to(target)
    (tree / "a/c/self").symlink_to("self")
    found = codes(tree)
    assert {name: found[f"a/c/{name}"] for name in (*targets, "self")} == {
        "in": None,
        "out": "link-outside",
        "folder": "link-to-folder",
        "loop": "link-to-folder",
        "none": "broken-link",
        "self": "unreadable-file",
    }


def test_a_folder_whose_name_begins_as_the_roots_is_outside(tree: Path, tmp_path: Path) -> None:
    write(tmp_path, "nguồn2/x.txt", "x")
    (tree / "link").symlink_to(tmp_path / "nguồn2/x.txt")
    assert codes(tree)["link"] == "link-outside"


def test_special_files_are_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)  # a socket's address must be short
    os.mkfifo("pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("socket")
        assert codes(tmp_path) == {"pipe": "not-a-file", "socket": "not-a-file"}
        assert only(tmp_path / "pipe").reason is not None
    with pytest.raises(UnreadableFile, match="no regular file"):
        Location(str(tmp_path / "pipe")).read()


def test_a_folder_that_cannot_be_opened_is_told_and_the_others_are_read(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = longpaths.names_in

    def closed(path: str) -> list[str]:
        if path == str(tree / "a"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(longpaths, "names_in", closed)
    for source in (tree, f"{tree}/**/*.pdf"):
        found = [each for each in discover_files(select(source)) if each.failed]
        assert [(each.name, each.reason and each.reason.code) for each in found] == [
            ("a", "unreadable-folder")
        ]
    assert "B/x.txt" in names(tree)


def test_a_file_that_goes_away_meanwhile_is_told(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = longpaths.names_in
    monkeypatch.setattr(longpaths, "names_in", lambda path: [*real(path), "gone.txt"])
    found = next(each for each in discover_files(select(tree)) if each.name == "gone.txt")
    assert found.failed and found.reason is not None and found.reason.code == "unreadable-file"


def test_the_dataset_and_other_datasets_are_left_out(tree: Path) -> None:
    write(tree, "out/report.html", "x")
    write(tree, "other/.kehoach-lock", "")
    write(tree, "other/report.html", "x")
    found = codes(tree)
    assert found["other"] == "dataset"
    assert "other/report.html" not in found
    assert "out/report.html" in found
    assert not [name for name in names(tree, leave_out=tree / "out") if name.startswith("out")]
    assert not [name for name in names(tree, leave_out=f"{tree}/a/../out/") if name.startswith("out")]


def test_hidden_parts_of_a_dataset_in_the_source_itself_are_left_out(tree: Path) -> None:
    for part in (".kehoach-lock", ".records/parse/x", ".builds/1/x", ".index.sqlite"):
        write(tree, part, "x")
    assert not [name for name in names(tree) if name.startswith((".kehoach", ".r", ".b", ".i"))]
    assert "a.txt" in names(tree)


@pytest.mark.parametrize("name", [".DS_Store", "a/Thumbs.db", "~$plan.docx", "._plan.pdf", "__MACOSX/x.txt"])
def test_what_systems_keep_for_themselves_is_left_out(name: str, tmp_path: Path) -> None:
    write(tmp_path, name, "x")
    assert codes(tmp_path) == {name: "system-file"}


# --- names and paths --------------------------------------------------------------------------


def test_names_that_are_no_text_are_kept_and_shown_as_escapes(tmp_path: Path) -> None:
    folder = os.fsencode(tmp_path) + b"/th\xe0ng/"
    os.mkdir(folder)
    for name in (b"t\xean.txt", b"hai\ndong\x1b[31m.txt"):
        Path(os.fsdecode(folder + name)).write_bytes(name)
    found = {each.name: each for each in discover_files(select(tmp_path))}
    assert list(found) == ["th\\udce0ng/hai\\x0adong\\x1b[31m.txt", "th\\udce0ng/t\\udcean.txt"]
    for each in found.values():
        assert (
            os.path.basename(os.fsencode(pickle.loads(pickle.dumps(each.location)).root))
            == each.location.read()
        )


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[str]:
    """A folder whose path is longer than the system takes, with a file and a link in it."""
    folder = str(tmp_path / "deep")
    os.mkdir(folder)
    part, descriptor = "thư mục rất dài " * 9, os.open(folder, os.O_RDONLY)
    for _ in range(25):
        os.mkdir(part, dir_fd=descriptor)
        deeper = os.open(part, os.O_RDONLY, dir_fd=descriptor)
        os.close(descriptor)
        descriptor = deeper
        folder += f"/{part}"
    with open(os.open("kế.txt", os.O_CREAT | os.O_WRONLY, dir_fd=descriptor), "w") as file:
        file.write(plan_text())
    os.symlink("kế.txt", "nối.txt", dir_fd=descriptor)
    os.close(descriptor)
    yield folder
    subprocess.run(["rm", "-rf", tmp_path / "deep"], check=True)


def test_paths_longer_than_the_system_takes_are_read(deep: str, tmp_path: Path) -> None:
    assert len(os.fsencode(deep)) > 4096
    found = list(discover_files(select(tmp_path)))
    assert [os.path.basename(each.name) for each in found] == ["kế.txt", "nối.txt"]
    for each in found:
        assert each.reason is None
        assert each.location.read().decode() == plan_text()
        assert each.location.exists()
    assert not Location(f"{deep}/none.txt").exists()
    assert "Trồng cây" in parse(found[0].location.root).text
    with pytest.raises(OSError):
        os.stat(found[0].location.root)


def test_folders_in_folders_without_end_are_walked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1100):
        os.mkdir("d")
        os.chdir("d")
    Path("x.txt").write_text("x")
    found = only(tmp_path)
    assert found.name == "d/" * 1100 + "x.txt"
    assert found.location.read() == b"x"
    os.unlink("x.txt")
    for _ in range(1100):  # what clears the folder away after the tests would not get that deep
        os.chdir("..")
        os.rmdir("d")


# --- patterns ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("*.txt", ["a.txt", "b.txt"]),
        ("**/*.txt", ["a.txt", "b.txt", "B/x.txt", "Kế hoạch/kế.txt"]),
        ("a/**", ["z.pdf", "c/y.docx"]),
        ("**/[xz].*", ["B/x.txt", "a/z.pdf"]),
        ("?/c/*", ["a/c/y.docx"]),
        ("a/*/y.docx", ["c/y.docx"]),
        (".*/*", [".ẩn/h.txt"]),
        ("**/kế.*", ["Kế hoạch/kế.txt"]),
        (unicodedata.normalize("NFD", "*/kế.txt"), ["Kế hoạch/kế.txt"]),
        ("*.none", []),
    ],
)
def test_a_pattern_chooses_as_in_a_shell(pattern: str, found: list[str], tree: Path) -> None:
    assert names(f"{tree}/{pattern}") == found


def test_a_folder_with_wildcards_in_its_name_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, "kho [2024]*/a.txt", "x")
    assert names(tmp_path / "kho [2024]*") == ["a.txt"]


def test_a_pattern_looks_into_archives(tmp_path: Path) -> None:
    write(tmp_path, "kho.zip", zip_bytes({"a.pdf": b"1", "b.txt": b"2"}))
    write(tmp_path, "sub/c.pdf", "3")
    assert names(f"{tmp_path}/**/*.pdf") == ["kho.zip/a.pdf", "sub/c.pdf"]
    assert names(f"{tmp_path}/*.zip") == ["kho.zip/a.pdf", "kho.zip/b.txt"]


def test_folders_that_a_pattern_rules_out_are_not_opened(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    real = longpaths.names_in
    monkeypatch.setattr(longpaths, "names_in", lambda path: opened.append(path) or real(path))
    assert names(f"{tree}/[aB]/*.*") == ["B/x.txt", "a/z.pdf"]
    assert opened == [f"{tree}", f"{tree}/B", f"{tree}/a"]


_PART = st.sampled_from(["a", "b", ".h", "x.txt"])


@given(
    st.lists(_PART, min_size=1, max_size=5), st.lists(_PART | st.sampled_from(["*", "**", "?"]), max_size=5)
)
def test_no_folder_is_ruled_out_above_what_matches(parts: list[str], pattern: list[str]) -> None:
    looked_for = Pattern(tuple(pattern))
    if looked_for.matches("/".join(parts)):
        for end in range(1, len(parts)):
            assert looked_for.may_hold("/".join(parts[:end]))


# --- lists ------------------------------------------------------------------------------------


def test_a_list_names_files_folders_and_members_in_its_own_order(tree: Path, tmp_path: Path) -> None:
    write(tree, "k.zip", zip_bytes({"x/a.txt": b"1", "x/b.txt": b"2", "c.txt": b"3"}))
    listed = write(tmp_path, "list", f"b.txt\na\n./a.txt\n\n{tree}/B/x.txt\nk.zip/x\nb.txt\n")
    assert names(tree, listed) == [
        "b.txt",
        "a/z.pdf",
        "a/c/y.docx",
        "a.txt",
        "B/x.txt",
        "k.zip/x/a.txt",
        "k.zip/x/b.txt",
    ]


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffa.txt\r\nKế hoạch/kế.txt\r\n".encode(),
        "a.txt\nKế hoạch/kế.txt".encode("utf-16"),
        "a.txt\0Kế hoạch/kế.txt\0".encode(),
        unicodedata.normalize("NFD", "a.txt\n\n \nKế hoạch/kế.txt\n").encode(),
    ],
    ids=["Windows", "PowerShell", "zero bytes", "marks apart"],
)
def test_lists_of_many_programs_are_read(content: bytes, tree: Path, tmp_path: Path) -> None:
    assert names(tree, write(tmp_path, "list", content)) == ["a.txt", "Kế hoạch/kế.txt"]


def test_a_list_may_hold_names_that_are_no_text_and_line_breaks(tmp_path: Path) -> None:
    for name in (b"t\xean.txt", b"hai\ndong.txt"):
        write(tmp_path, f"in/{os.fsdecode(name)}", "x")
    listed = write(tmp_path, "list", b"hai\ndong.txt\0t\xean.txt")
    assert names(tmp_path / "in", listed) == ["hai\\x0adong.txt", "t\\udcean.txt"]


def test_what_a_list_names_and_is_not_there_or_outside_is_told(tree: Path, tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", "x")
    write(tree, "k.zip", zip_bytes({"a.txt": b"1"}))
    (tree / "up").symlink_to(tmp_path)
    lines = [
        "x" * 300,
        "none.txt",
        "../secret.txt",
        str(tmp_path / "secret.txt"),
        "k.zip/none",
        "a.txt/b",
        "up/secret.txt",
    ]
    listed = write(tmp_path, "list", "\n".join(lines))
    assert list(codes(tree, listed).values()) == [
        "unreadable-file",
        "not-found",
        "outside-source",
        "outside-source",
        "not-found",
        "not-found",
        "link-outside",
    ]


def test_a_list_comes_from_standard_input(tree: Path) -> None:
    program = (
        "from pathlib import Path; from pipeline.discovery import *; import sys; "
        "print([f.name for f in discover_files(select(sys.argv[1], Path('-')))])"
    )
    done = subprocess.run(
        [os.sys.executable, "-c", program, tree], input=b"b.txt\n", capture_output=True, check=True
    )
    assert done.stdout == b"['b.txt']\n"


def test_a_list_that_cannot_be_read_is_a_usage_error(tree: Path, tmp_path: Path) -> None:
    with pytest.raises(NoList):
        select(tree, tmp_path / "none")
    with pytest.raises(NoSource):
        select(tree / "a.txt", write(tmp_path, "list", "a.txt"))


# --- reading and being gone -------------------------------------------------------------------


def test_reading_tells_what_is_wrong(tmp_path: Path) -> None:
    path = str(write(tmp_path, "a.txt", "x" * 2000))
    with pytest.raises(TooLarge):
        Location(path).read(Limits(max_bytes=1000))
    with pytest.raises(EmptyFile):
        Location(str(write(tmp_path, "empty.txt", ""))).read()
    for wrong in (f"{path}2", str(tmp_path), f"{path}/b", "nul\0byte"):
        with pytest.raises(UnreadableFile):
            Location(wrong).read()


def test_a_file_that_grows_while_it_is_read_stops_at_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(tmp_path, "a.txt", "x" * 2000)
    before = os.stat(write(tmp_path, "b.txt", "x"))
    monkeypatch.setattr(longpaths, "stat", lambda _: before)
    with pytest.raises(TooLarge):
        Location(str(path)).read(Limits(max_bytes=1000))
    assert Location(str(path)).read(Limits(max_bytes=2000)) == b"x" * 2000


def test_a_file_is_gone_only_where_that_is_sure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path, "a/b.txt", "x")
    assert Location(str(path)).exists()
    assert not Location(str(path / "c")).exists()
    assert not Location(str(tmp_path / "a")).exists(), "a folder stands there now"
    path.unlink()
    assert not Location(str(path)).exists()

    def closed(_: str) -> os.stat_result:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(longpaths, "lstat", closed)
    assert Location(str(path)).exists()


# --- storages elsewhere -----------------------------------------------------------------------


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as address:
        keys = (
            "n/a.txt",
            "n/năm 2024/b.txt",
            "n/năm 2024/c:d%20#.txt",
            "n/out/x.txt",
            "odd/a//b.txt",
            "odd/c::d?e.txt",
        )
        for key in keys:
            put(key, key.encode())
        put("n/k.zip", zip_bytes({"z.txt": b"z", "i.zip": zip_bytes({"y.txt": b"y"})}))
        put("n/marker/", b"")
        put("n/empty.txt", b"")
        yield address


@pytest.fixture(params=["s3", "memory"])
def store(request: pytest.FixtureRequest, s3: str) -> str:
    """The same files in a storage that speaks S3 and in one in memory."""
    if request.param == "s3":
        return s3
    storage, _ = remote.file_system("memory://kho")
    for key in ("a.txt", "năm 2024/b.txt", "năm 2024/c:d%20#.txt", "out/x.txt"):
        storage.pipe_file(f"/kho/n/{key}", f"n/{key}".encode())
    storage.pipe_file("/kho/n/k.zip", zip_bytes({"z.txt": b"z", "i.zip": zip_bytes({"y.txt": b"y"})}))
    storage.pipe_file("/kho/n/empty.txt", b"")
    return "memory://kho"


def test_a_storage_is_a_source_like_a_folder(store: str) -> None:
    found = {each.name: each for each in discover_files(select(f"{store}/n/"), f"{store}/n/out")}
    assert list(found) == [
        "a.txt",
        "empty.txt",
        "k.zip/i.zip/y.txt",
        "k.zip/z.txt",
        "năm 2024/b.txt",
        "năm 2024/c:d%20#.txt",
    ]
    for name in ("a.txt", "năm 2024/b.txt", "năm 2024/c:d%20#.txt"):
        assert pickle.loads(pickle.dumps(found[name])).location.read() == f"n/{name}".encode()
    assert found["k.zip/z.txt"].location.read() == b"z"
    assert found["k.zip/i.zip/y.txt"].location.read() == b"y"
    with pytest.raises(EmptyFile):
        found["empty.txt"].location.read()
    with pytest.raises(TooLarge):
        found["a.txt"].location.read(Limits(max_bytes=3))


def test_files_patterns_and_lists_of_a_storage(store: str, tmp_path: Path) -> None:
    assert names(f"{store}/n/a.txt") == ["a.txt"]
    assert select(f"{store}/n/a.txt").identity == select(f"{store}/n").identity == f"{store}/n"
    assert names(f"{store}/n/**/[bx].txt") == ["năm 2024/b.txt", "out/x.txt"]
    listed = write(
        tmp_path, "list", f"năm 2024/b.txt\n{store}/n/a.txt\nout\nnone.txt\ns3://else/x\nk.zip/z.txt"
    )
    assert codes(f"{store}/n", listed) == {
        "năm 2024/b.txt": None,
        "a.txt": None,
        "out/x.txt": None,
        "none.txt": "not-found",
        "s3://else/x": "outside-source",
        "k.zip/z.txt": None,
    }
    with pytest.raises(NoSource):
        select(f"{store}/none")


def test_a_changed_object_has_another_stamp_and_a_deleted_one_is_gone(store: str) -> None:
    storage, path = remote.file_system(f"{store}/changing/a.txt")
    storage.pipe_file(path, b"one")
    first = only(f"{store}/changing")
    assert first.stamp == only(f"{store}/changing").stamp
    storage.pipe_file(path, b"two")
    assert only(f"{store}/changing").stamp != first.stamp
    assert first.location.read() == b"two"
    assert first.location.exists()
    storage.rm_file(path)
    assert not first.location.exists()
    with pytest.raises(UnreadableFile, match="not there"):
        first.location.read()


def test_keys_to_which_no_path_leads_are_told(s3: str) -> None:
    assert codes(f"{s3}/odd") == {"a/": "no-name", "c::d?e.txt": None}
    assert b"odd" in next(f for f in discover_files(select(f"{s3}/odd")) if not f.failed).location.read()


def test_files_of_a_storage_out_of_reach_are_in_doubt(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def out(*_: object, **__: object) -> None:
        raise ConnectionError("no network")

    storage, _ = remote.file_system("memory://x")
    storage.pipe_file("/x/b.txt", b"x")
    monkeypatch.setattr(type(storage), "info", out)
    monkeypatch.setattr(type(storage), "isdir", lambda *_: True)
    location = Location("memory://x/a.txt")
    assert codes("memory://x", write(tmp_path, "list", "a.txt")) == {"a.txt": "unreadable-file"}
    assert location.exists()
    with pytest.raises(UnreadableFile, match="no network"):
        location.read()


def test_a_storage_without_its_package_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    def missing(_: str) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr(fsspec, "get_filesystem_class", missing)
    with pytest.raises(MissingTool, match=r"kehoach\[s3\]"):
        select("s3://kho/a")
    with pytest.raises(MissingTool, match="Install"):
        select("sftp://host/a")
