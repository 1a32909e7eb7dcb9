"""The name of a file in a form, in every way that clients write it."""

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from test_http_upload import BOUNDARY

from video_automation.web.uploads.part_names import disposition_names


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b'filename="talk.mp4"', "talk.mp4"),
        (b"filename=talk.mp4", "talk.mp4"),
        (b"filename=my talk.mp4", "my talk.mp4"),
        (b'filename=""', ""),
        ('filename="дом 😀.mp4"'.encode(), "дом 😀.mp4"),
        ('filename="café.mp4"'.encode("latin-1"), "café.mp4"),
    ],
)
def test_a_name_as_it_is(written: bytes, meant: str):
    assert disposition_names(b'form-data; name="file"; ' + written) == ("file", meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b'filename="the %22best%22.mp4"', 'the "best".mp4'),
        (b'filename="two%0D%0Alines.mp4"', "two\r\nlines.mp4"),
        (b'filename="50%25 off.mp4"', "50%25 off.mp4"),
        (b'filename="%D0%B4%D0%BE%D0%BC%20a.mp4"', "дом a.mp4"),
        (b'filename="my%20talk.mp4"', "my talk.mp4"),
        (b'filename="%FF%FE.mp4"', "%FF%FE.mp4"),
        (b'filename="100%.mp4"', "100%.mp4"),
    ],
)
def test_browsers_encode_quotation_marks_and_others_the_whole_name(written: bytes, meant: str):
    assert disposition_names(b'form-data; name="file"; ' + written).filename == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (rb'filename="the \"best\"; of.mp4"', 'the "best"; of.mp4'),
        (rb'filename="back\\slash \"a\".mp4"', 'back\\slash "a".mp4'),
        (rb'filename="C:\Users\me\talk.mp4"', r"C:\Users\me\talk.mp4"),
        (b'filename="a"b.mp4"', 'a"b.mp4'),
    ],
)
def test_a_backslash_stands_before_quotation_marks_or_for_itself(written: bytes, meant: str):
    assert disposition_names(b'form-data; name="file"; ' + written).filename == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"filename*=UTF-8''%D0%B4%D0%BE%D0%BC.mp4", "дом.mp4"),
        (b"filename*=utf-8'de'my%20talk.mp4", "my talk.mp4"),
        (b"filename*=iso-8859-1'en'%A3%20rates.mp4", "£ rates.mp4"),
        (b"filename=\"___.mp4\"; filename*=UTF-8''%D0%B4.mp4", "д.mp4"),
        (b"filename*=UTF-8''%D0%B4.mp4; filename=\"___.mp4\"", "д.mp4"),
        (b"FileName*=UTF-8''a.mp4", "a.mp4"),
        (b"filename*=plain.mp4", "plain.mp4"),
        (b"filename*=undefined''a.mp4", "a.mp4"),
        (b"filename*=no-such-charset''a.mp4", "a.mp4"),
        (b'filename*0="a long "; filename*1="name.mp4"', "a long name.mp4"),
        (b"filename*1=b; filename*0=a; filename*10=k; filename*2=c", "abck"),
        (b"filename*0*=UTF-8''%D0%B4%D0; filename*1*=%B4; filename*2=\".mp4\"", "дд.mp4"),
        (b"filename*0=a; filename*=UTF-8''b", "b"),
    ],
)
def test_a_name_by_rfc_5987_or_in_the_pieces_of_rfc_2231(written: bytes, meant: str):
    assert disposition_names(b"form-data; name=file; " + written) == ("file", meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"=?UTF-8?B?0LTQvtC8Lm1wNA==?=", "дом.mp4"),
        (b"=?iso-8859-1?q?caf=E9_a?= =?utf-8?q?=C3=BC.mp4?=", "café aü.mp4"),
        (b"=?no-such-charset?B?0LTQvtC8Lm1wNA==?=", "=?no-such-charset?B?0LTQvtC8Lm1wNA==?="),
        (b"what=?.mp4", "what=?.mp4"),
    ],
)
def test_a_name_in_the_encoded_words_of_mail(written: bytes, meant: str):
    assert disposition_names(b'form-data; name="file"; filename="' + written + b'"').filename == meant


def test_a_field_without_a_file():
    assert disposition_names(b'form-data; name="crf"') == ("crf", None)


@given(st.binary(max_size=80))
def test_any_name_is_read(written: bytes):
    for before, after in ((b"filename=", b""), (b'filename="', b'"'), (b"filename*=", b""), (b"filename*0*=", b"")):
        assert disposition_names(b"form-data; name=file; " + before + written + after).name == "file" or b";" in written


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        (b"filename=\"___.mp4\"; filename*=UTF-8''%D0%B4.mp4", "д.mp4"),
        ('filename="café.mp4"'.encode("latin-1"), "café.mp4"),
        (rb'filename="C:\Users\me\talk.mp4"', "talk.mp4"),
        (b"filename*=UTF-8''..%2F..%2Fetc%2Fpasswd%0A", "passwd"),
    ],
)
def test_an_upload_is_shown_by_the_name_that_is_meant(client: FlaskClient, video: bytes, written: bytes, shown: str):
    head = f"--{BOUNDARY}\r\nContent-Disposition: form-data; name=file; ".encode() + written + b"\r\n\r\n"
    kind = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    answer = client.post("/upload", data=head + video + f"\r\n--{BOUNDARY}--\r\n".encode(), headers=kind)
    assert (answer.status_code, answer.json["filename"]) == (202, shown)
