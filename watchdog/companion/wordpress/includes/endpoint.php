<?php
/** The recorded submissions, for who signs the question: read-only, in pieces, kept in no cache. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const SPACE = 'contact-watchdog/v1';
const ROUTE = '/' . SPACE . '/submissions';
const MOST_OF_A_PIECE = 100;
const MOST_BYTES_OF_A_PIECE = 4000000;

function serve_submissions(): void
{
    watch('rest_api_init', static function (): void {
        register_rest_route(SPACE, '/submissions', [
            'methods' => 'GET',
            'callback' => __NAMESPACE__ . '\\submissions_asked_for',
            'permission_callback' => __NAMESPACE__ . '\\may_read',
        ]);
    });
    // Where a plugin closes the REST API to all but users, our signature still counts.
    change('rest_authentication_errors', static function ($answer) {
        $route = untrailingslashit($GLOBALS['wp']->query_vars['rest_route'] ?? '');
        return is_wp_error($answer) && $route === ROUTE && is_signed() ? true : $answer;
    }, PHP_INT_MAX);
    watch('rest_post_dispatch', static function ($response, $server, $request): void {
        if ($request->get_route() === ROUTE) {
            $response->header('Cache-Control', 'no-store, private');
        }
    }, PHP_INT_MAX);
}

/** @return true|\WP_Error */
function may_read()
{
    if (is_signed()) {
        return true;
    }
    return new \WP_Error('contact_watchdog_unsigned', 'This question is not signed.', ['status' => 403]);
}

function submissions_asked_for(\WP_REST_Request $request): \WP_REST_Response
{
    global $wpdb;
    // Page caches that look at no header look at this.
    defined('DONOTCACHEPAGE') || define('DONOTCACHEPAGE', true);
    $table = submissions_table();
    $most = max(1, min(MOST_OF_A_PIECE, (int) ($request['limit'] ?: MOST_OF_A_PIECE)));
    $since = gmdate('Y-m-d H:i:s', (int) $request['since']);
    $asked = $wpdb->prepare(
        "SELECT * FROM $table WHERE id > %d AND submitted_at >= %s ORDER BY id LIMIT %d",
        (int) $request['after'],
        $since,
        $most + 1
    );
    $rows = ask(static function () use ($wpdb, $asked) {
        $rows = $wpdb->get_results($asked);
        return $wpdb->last_error === '' ? $rows : null;
    });
    if (!is_array($rows)) {
        return new \WP_REST_Response(['code' => 'contact_watchdog_no_table'], 503);
    }
    $told = [];
    $bytes = 0;
    foreach (array_slice($rows, 0, $most) as $row) {
        $bytes += strlen($row->fields);
        if ($told && $bytes > MOST_BYTES_OF_A_PIECE) {
            break;
        }
        $told[] = as_told($row);
    }
    return new \WP_REST_Response(['submissions' => $told, 'more' => count($rows) > count($told)]);
}

function as_told(object $row): array
{
    return [
        'id' => (int) $row->id,
        'submitted_at' => str_replace(' ', 'T', $row->submitted_at) . 'Z',
        'system' => $row->form_system,
        'form' => $row->form,
        'page' => $row->page,
        'fields' => json_decode($row->fields, true) ?: [],
        'mail' => $row->mail,
        'mail_error' => $row->mail_error,
        'mail_to' => $row->mail_to === '' ? [] : explode(', ', $row->mail_to),
        'is_spam' => (bool) $row->is_spam,
        'is_test' => (bool) $row->is_test,
    ];
}
