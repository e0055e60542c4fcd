"use strict";
// what the scripts of all pages begin with: words, elements, what the browser keeps
const data = JSON.parse(document.getElementById("data").textContent);
const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
let language = document.documentElement.lang === "en" ? "en" : "zh";
const say = (key, blanks = {}) =>
  (data.words[language][key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => blanks[name] ?? whole);

// every element is made here: words of documents are only ever text
const make = (tag, className, ...children) => {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
};
const term = (key, className) => {
  const element = make("span", className, say(key));
  element.dataset.t = key;
  return element;
};
const kept = {  // the browser may refuse
  get: (key) => { try { return localStorage.getItem(key); } catch { return null; } },
  set: (key, value) => { try { localStorage.setItem(key, value); return true; } catch { return false; } },
};
const direct = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "\ufffd");
