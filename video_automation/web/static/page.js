// Functions shared by the scripts of all pages.

import { locale } from "./language.js";

export const one = (selector, within = document) => within.querySelector(selector);
export const show = (element, text) => { element.textContent = text; element.hidden = !text; };

export function size(bytes) {
  const units = ["byte", "kilobyte", "megabyte", "gigabyte", "terabyte"];
  let at = 0;
  while (bytes >= 999.5 && at < units.length - 1) { bytes /= 1000; at += 1; }
  const digits = at > 1 && bytes < 99.5 ? 1 : 0;
  const written = { style: "unit", unit: units[at], unitDisplay: at ? "short" : "long", minimumFractionDigits: digits, maximumFractionDigits: digits };
  return bytes.toLocaleString(locale, written);
}

// Seconds as "40 s", "4 min", "1 h 10 min": the symbols of the units are the same in all languages.
export function duration(seconds) {
  if (seconds < 60) return `${Math.max(1, Math.round(seconds))} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function parsed(text) {
  try { return JSON.parse(text); } catch { return null; }
}

export function clock(seconds) {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (!parts[0]) parts.shift();
  return parts.map((part, at) => (at ? String(part).padStart(2, "0") : part)).join(":");
}

// Writes the moments in a page as they are where its reader is.
export function showTimes(within) {
  for (const time of within.querySelectorAll("time")) {
    time.textContent = new Date(time.dateTime).toLocaleString(locale, { dateStyle: "medium", timeStyle: "short" });
  }
}
