<?php
/** What was filled in, as a list of {name, label, type, value}: bounded, since strangers wrote it. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const MOST_FIELDS = 100;
const MOST_BYTES_OF_A_VALUE = 20000;
const MOST_BYTES = 30000;

/** Fields that form plugins send along, and that nobody filled in. */
const TECHNICAL = '/^_|nonce|captcha|turnstile|honeypot|token$/i';
const SECRET = '/passw|credit[-_ ]?card|card[-_ ]?num|(?<![a-z])(?:cc[-_ ]?num|cvc|cvv)/i';

/** @param mixed $value a text, or the texts of several inputs */
function field(string $name, $value, string $label = '', string $type = ''): array
{
    return ['name' => $name, 'label' => $label, 'type' => $type, 'value' => text_of($value)];
}

/** Makes fields of names and values, where a form says no more of them. */
function fields_of(array $values): array
{
    $fields = [];
    foreach ($values as $name => $value) {
        $fields[] = field((string) $name, $value);
    }
    return $fields;
}

/**
 * Returns the fields as JSON in plain ASCII, which tables of any charset keep.
 *
 * A letter that a bound cuts in two becomes the sign for such.
 */
function as_json(array $fields): string
{
    $kept = [];
    $bytes = 0;
    foreach ($fields as $field) {
        $is_telling = $field['value'] !== ''
            && !preg_match(TECHNICAL, $field['name'])
            && !preg_match(SECRET, "{$field['type']} {$field['name']} {$field['label']}");
        if (!$is_telling || count($kept) >= MOST_FIELDS) {
            continue;
        }
        $field['name'] = substr($field['name'], 0, 200);
        $field['label'] = substr($field['label'], 0, 200);
        $field['value'] = substr($field['value'], 0, min(MOST_BYTES_OF_A_VALUE, MOST_BYTES - $bytes));
        $bytes += strlen($field['value']);
        $kept[] = $field;
    }
    return (string) json_encode($kept, JSON_INVALID_UTF8_SUBSTITUTE);
}

/** @param mixed $value */
function text_of($value, int $depth = 0): string
{
    if (is_array($value)) {
        $texts = $depth < 4 ? array_map(static fn($one) => text_of($one, $depth + 1), $value) : [];
        // The parts of one input, as of a name, have names; the choices of several have none.
        $between = is_string(key($value)) ? ' ' : ', ';
        return implode($between, array_filter($texts, static fn($text) => $text !== ''));
    }
    return is_scalar($value) ? trim((string) $value) : '';
}
