"""Faces are joined to people over time."""

from sights import RATE, STEP, face, sight

from video_automation.editing.framing.face_tracks import tracks


def test_two_people_are_two_tracks() -> None:
    seen = sight(lambda f: face(300 + f // 10), lambda f: face(900 - f // 10))
    left, right = tracks(seen, RATE)
    assert [sighting.x for sighting in left.sightings] == [300 + f // 10 for f in range(0, 600, STEP)]
    assert len(right.sightings) == 100


def test_a_face_that_turns_away_for_a_moment_stays_the_same_person() -> None:
    (track,) = tracks(sight(lambda f: None if 100 < f < 150 else face(500)), RATE)
    assert (track.start, track.end) == (0, 594)


def test_a_face_that_is_gone_for_long_is_another_track() -> None:
    assert [(track.start, track.end) for track in tracks(sight(lambda f: None if 100 < f < 300 else face(500)), RATE)] == [
        (0, 96),
        (300, 594),
    ]


def test_a_scene_cut_ends_all_tracks() -> None:
    seen = tracks(sight(lambda _: face(500), lambda _: face(900), cuts=(200,)), RATE)
    assert [(track.start, track.end) for track in seen] == [(0, 198), (0, 198), (204, 594), (204, 594)]


def test_somebody_elsewhere_or_of_another_size_is_another_track() -> None:
    assert len(tracks(sight(lambda f: face(300 if f < 300 else 500)), RATE)) == 2
    assert len(tracks(sight(lambda f: face(300, size=60 if f < 300 else 150)), RATE)) == 2


def test_what_is_seen_once_or_never_surely_is_no_face() -> None:
    seen = sight(lambda _: face(500), lambda f: face(900) if f == 60 else None, lambda _: face(200, confidence=69, size=40))
    assert len(tracks(seen, RATE)) == 1


def test_a_face_that_is_sure_once_is_one_all_along() -> None:
    (track,) = tracks(sight(lambda f: face(500, confidence=85 if f == 300 else 50)), RATE)
    assert len(track.sightings) == 100
