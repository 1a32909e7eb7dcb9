"""Presets on the home page: saved, chosen, deleted."""

from driven import Site
from playwright.sync_api import Page, expect


def options_open(page: Page, site: Site) -> None:
    page.goto(site.address)
    page.locator("summary", has_text="Options").click()
    expect(page.get_by_label("Save these options as a preset")).to_be_visible()


def test_options_are_saved_as_a_preset_and_chosen_again(page: Page, site: Site):
    options_open(page, site)
    expect(page.get_by_label("Preset", exact=True)).to_be_hidden()
    page.get_by_label("Shape of clips").select_option("1:1")
    page.get_by_label("Cut pauses", exact=False).first.uncheck()
    page.get_by_label("Save these options as a preset").fill("  Weekly   show ")
    page.get_by_label("Save these options as a preset").press("Enter")
    expect(page.get_by_text("Saved as “Weekly show”.")).to_be_visible()
    kept = site.backend.presets.of("local")["Weekly show"]
    assert (kept["aspect"], kept["trim_silence"]) == ("1:1", "false")
    assert not {"file", "glossary", "tracks", "from_preset"} & set(kept)
    page.get_by_role("button", name="Reset", exact=True).click()
    page.get_by_label("Preset", exact=True).select_option("")
    expect(page.get_by_label("Shape of clips")).to_have_value("9:16")
    page.get_by_label("Preset", exact=True).select_option("Weekly show")
    expect(page.get_by_label("Shape of clips")).to_have_value("1:1")
    expect(page.locator("#trim")).not_to_be_checked()


def test_a_preset_made_elsewhere_brings_values_the_list_does_not_have(page: Page, site: Site):
    site.backend.presets.change("local", lambda _: {"Fine": {"crf": "18", "add_subtitles": "no"}})
    options_open(page, site)
    page.get_by_label("Preset", exact=True).select_option("Fine")
    expect(page.get_by_label("Quality of the picture")).to_have_value("18")
    expect(page.locator("#subtitles")).not_to_be_checked()
    page.reload()
    expect(page.get_by_label("Preset", exact=True)).to_have_value("Fine")


def test_a_preset_is_deleted_and_a_name_that_cannot_be_is_told(page: Page, site: Site):
    site.backend.presets.change("local", lambda _: {"Old": {}})
    options_open(page, site)
    page.get_by_label("Preset", exact=True).select_option("Old")
    page.get_by_role("button", name="Delete preset").click()
    expect(page.get_by_label("Preset", exact=True)).to_be_hidden()
    assert site.backend.presets.of("local") == {}
    page.get_by_label("Save these options as a preset").fill("a/b")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("A name cannot have a “/” in it.")).to_be_visible()
