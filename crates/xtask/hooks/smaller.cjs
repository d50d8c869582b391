// What wasm-bindgen leaves in the console's program that a browser never needs.
'use strict';

const MODULE = './proef_bg.js'; // the module that wasm-bindgen imports from
const SHORT_MODULE = 'b';
const [IMPORTS, EXPORTS] = [2, 7]; // sections of a wasm module

/** Streams of wasm-streams: server functions make them, and the console has none. Exports keep
 *  their code alive, although nothing can make such an object. */
const isOfStreams = name => /^(__wbg_)?intounderlying/.test(name);

/**
 * Gives the functions that a program imports short names, on both sides: wasm-bindgen's end in 16
 * random digits each, which cannot be compressed. Takes the exports of streams away, and their
 * classes, so that wasm-opt finds that nobody needs their code.
 */
function smaller(script, wasm) {
  const names = new Map();
  const parts = [wasm.subarray(0, 8)];
  for (let at = 8; at < wasm.length;) {
    const id = wasm[at];
    const [length, body] = number(wasm, at + 1);
    const end = body + length;
    const section = wasm.subarray(body, end);
    const rewritten = id === IMPORTS ? imports(section, names) : id === EXPORTS ? exports_(section) : section;
    parts.push(Buffer.from([id]), written(rewritten.length), rewritten);
    at = end;
  }
  if (names.size === 0) throw new Error(`the console imports nothing from ${MODULE}`);
  const text = withoutStreams(script)
    .replaceAll(`"${MODULE}"`, `"${SHORT_MODULE}"`)
    .replace(/^( *)(\w+): ?(?=function|\()/gm, (all, blanks, name) => (names.has(name) ? `${blanks}${names.get(name)}: ` : all))
    .replace(/^( *)(\w+)(?=\(.*\) \{$)/gm, (all, blanks, name) => (names.has(name) ? `${blanks}${names.get(name)}` : all));
  for (const name of names.keys()) {
    if (new RegExp(`\\b${name}\\b(?!\\()`).test(text)) throw new Error(`${name} was not renamed everywhere`);
  }
  return [text, Buffer.concat(parts)];
}

function imports(section, names) {
  const [count, first] = number(section, 0);
  const parts = [written(count)];
  let at = first;
  for (let each = 0; each < count; each += 1) {
    const [module_, field] = text(section, at);
    const [name, kind] = text(section, field);
    const end = afterType(section, kind);
    if (module_ === MODULE) {
      names.set(name, `f${names.size.toString(36)}`);
      parts.push(named(SHORT_MODULE), named(names.get(name)), section.subarray(kind, end));
    } else {
      parts.push(section.subarray(at, end));
    }
    at = end;
  }
  return Buffer.concat(parts);
}

function exports_(section) {
  const [count, first] = number(section, 0);
  const kept = [];
  let at = first;
  for (let each = 0; each < count; each += 1) {
    const [name, kind] = text(section, at);
    const [, end] = number(section, kind + 1);
    if (!isOfStreams(name)) kept.push(section.subarray(at, end));
    at = end;
  }
  return Buffer.concat([written(kept.length), ...kept]);
}

/** The place after the type of an import: of a function, a table, a memory, a global or a tag. */
function afterType(bytes, at) {
  const limits = place => {
    const [, least] = number(bytes, place + 1);
    return bytes[place] & 1 ? number(bytes, least)[1] : least;
  };
  switch (bytes[at]) {
    case 0: return number(bytes, at + 1)[1];
    case 1: return limits(at + 2);
    case 2: return limits(at + 1);
    case 3: return at + 3;
    case 4: return number(bytes, at + 2)[1];
    default: throw new Error(`an import of an unknown kind: ${bytes[at]}`);
  }
}

function withoutStreams(script) {
  return script
    .replace(/^export class IntoUnderlying\w+ \{\n[^]*?^\}\n/gm, '')
    .replace(/^if \(Symbol\.dispose\) IntoUnderlying.*\n/gm, '')
    .replace(/^const IntoUnderlying\w+Finalization =[^;]*;\n/gm, '');
}

/** A number as wasm writes it (LEB128), with the place after it. */
function number(bytes, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[at];
    at += 1;
    value += (byte & 127) * 2 ** shift;
    if (byte < 128) return [value, at];
  }
}

function written(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value & 127) | 128);
  return Buffer.from([...bytes, value]);
}

function text(bytes, at) {
  const [length, begin] = number(bytes, at);
  return [Buffer.from(bytes.subarray(begin, begin + length)).toString(), begin + length];
}

function named(name) {
  const bytes = Buffer.from(name);
  return Buffer.concat([written(bytes.length), bytes]);
}

module.exports = { smaller };
