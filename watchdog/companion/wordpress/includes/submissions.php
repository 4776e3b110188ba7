<?php
/** The record: each submission before it is mailed, and then what became of its mail. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

/** The submission that this request brought; its mails follow in the same request. */
final class Current
{
    public static int $id = 0;
    public static string $fields = '';
    /** Whether it was mailed, or nobody can say yet that it will not be. */
    public static bool $is_mailed = false;
    public static bool $has_failed = false;
}

/** Writes a submission down; `$form` tells it as the readers of forms do. */
function record(array $form): void
{
    global $wpdb;
    Current::$id = 0;
    Current::$is_mailed = !empty($form['is_spam']) || !empty($form['is_mailed_later']);
    Current::$has_failed = false;
    Current::$fields = as_json($form['fields']);
    if (Current::$fields === '[]') {
        return;
    }
    $row = [
        'submitted_at' => gmdate('Y-m-d H:i:s'),
        'form_system' => $form['system'],
        'form' => in_ascii((string) $form['form'], 100),
        'page' => in_ascii((string) wp_unslash($_SERVER['HTTP_REFERER'] ?? ''), 500),
        'fields' => Current::$fields,
        'is_spam' => empty($form['is_spam']) ? 0 : 1,
        'is_test' => is_signed() ? 1 : 0,
    ];
    Current::$id = ask(
        static fn() => $wpdb->insert(submissions_table(), $row) ? (int) $wpdb->insert_id : 0
    );
    if (Current::$id % 1000 === 999) {
        // Also on sites whose daily tasks never run, we do not grow for ever.
        forget_old();
    }
}

/** Notes what became of a mail of the current submission; of several, one that failed counts. */
function record_mail_state(string $state, string $recipients = '', string $error = ''): void
{
    global $wpdb;
    if (!Current::$id || Current::$has_failed) {
        return;
    }
    Current::$has_failed = $state === 'failed';
    $row = [
        'mail' => $state,
        'mail_to' => in_ascii($recipients, 500),
        'mail_error' => in_ascii($error, 500),
    ];
    ask(static fn() => $wpdb->update(submissions_table(), $row, ['id' => Current::$id]));
}

/** Returns a text that a table of any charset keeps, on one line. */
function in_ascii(string $text, int $most): string
{
    return substr(trim((string) preg_replace('/[^\x20-\x7e]+/', ' ', remove_accents($text))), 0, $most);
}
