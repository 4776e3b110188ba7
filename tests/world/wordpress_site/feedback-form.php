<?php
/**
 * Plugin Name: Feedback form
 * Description: A form for the tests that speaks as Contact Form 7 does: [feedback_form]
 *   shows it, a REST route takes it and answers with a status; other plugins are asked
 *   and told by the hooks of Contact Form 7.
 */

const FEEDBACK_FORM = 5;

class WPCF7_ContactForm
{
    public function id(): int
    {
        return FEEDBACK_FORM;
    }
}

class WPCF7_Submission
{
    private static ?self $instance = null;
    private array $said;

    public function __construct(array $said)
    {
        $this->said = $said;
        self::$instance = $this;
    }

    public static function get_instance(): ?self
    {
        return self::$instance;
    }

    // As the original does with its pipes: behind a choice may stand who gets the mail.
    public function get_posted_data(): array
    {
        $chosen = isset($this->said['your-department']) ? ['your-department' => CONTACT_OWNER] : [];
        return $chosen + array_filter($this->said, fn($name) => $name[0] !== '_', ARRAY_FILTER_USE_KEY);
    }
}

// A guard as CAPTCHA services are: whoever it does not know is held for spam.
add_filter('wpcf7_spam', function ($is_spam) {
    return $is_spam || is_file(getenv('WORDPRESS_FOLDER') . '/guarded');
});

// As Flamingo keeps submissions; it asks of which outcome.
add_action('wpcf7_submit', function ($form, $result) {
    $kept = apply_filters('wpcf7_flamingo_submit_if', ['spam', 'mail_sent', 'mail_failed']);
    if (in_array($result['status'], $kept, true)) {
        $said = WPCF7_Submission::get_instance()->get_posted_data();
        file_put_contents(getenv('WORDPRESS_FOLDER') . '/flamingo', "{$said['your-message']}\n", FILE_APPEND);
    }
}, 10, 2);

add_action('rest_api_init', function () {
    register_rest_route('contact-form-7/v1', '/contact-forms/(?P<id>\d+)/feedback', [
        'methods' => 'POST',
        'permission_callback' => '__return_true',
        'callback' => 'take_feedback',
    ]);
});

// Multipart alone, or 415; a form that is not there, or 404; then always 200.
function take_feedback(WP_REST_Request $request): WP_REST_Response|WP_Error
{
    if (!str_starts_with($request->get_content_type()['value'] ?? '', 'multipart/form-data')) {
        return new WP_Error('wpcf7_unsupported_media_type', 'Wrong media type.', ['status' => 415]);
    }
    if ((int) $request['id'] !== FEEDBACK_FORM) {
        return new WP_Error('wpcf7_not_found', 'The form was not found.', ['status' => 404]);
    }
    $said = $request->get_body_params();
    [$status, $words] = feedback_on($said);
    return new WP_REST_Response([
        'contact_form_id' => FEEDBACK_FORM,
        'status' => $status,
        'message' => $words,
        'into' => '#' . ($said['_wpcf7_unit_tag'] ?? ''),
        'invalid_fields' => [],
    ]);
}

function feedback_on(array $said): array
{
    $failed = 'There was an error trying to send your message. Please try again later.';
    $email = sanitize_email($said['your-email'] ?? '');
    if (!is_email($email) || ($said['your-name'] ?? '') === '') {
        return ['validation_failed', 'One or more fields have an error.'];
    }
    $form = new WPCF7_ContactForm();
    $submission = new WPCF7_Submission($said);
    if (is_feedback_spam($submission)) {
        do_action('wpcf7_submit', $form, ['status' => 'spam']);
        return ['spam', $failed];
    }
    $abort = false;
    do_action_ref_array('wpcf7_before_send_mail', [$form, &$abort, $submission]);
    $text = "From: {$said['your-name']} <$email>\n\nMessage Body:\n{$said['your-message']}\n";
    $is_skipped = is_file(getenv('WORDPRESS_FOLDER') . '/unmailed');
    $sent = apply_filters('wpcf7_skip_mail', $is_skipped, $form) ||
        wp_mail(CONTACT_OWNER, 'New feedback', $text, ["Reply-To: $email"]);
    $status = $sent ? 'mail_sent' : 'mail_failed';
    do_action('wpcf7_submit', $form, ['status' => $status]);
    return [$status, $sent ? 'Thank you for your message. It has been sent.' : $failed];
}

function is_feedback_spam(WPCF7_Submission $submission): bool
{
    if (apply_filters('wpcf7_skip_spam_check', false, $submission)) {
        return false;
    }
    $honeypot = $submission->get_posted_data()['website'] ?? '';
    return apply_filters('wpcf7_spam', $honeypot !== '', $submission);
}

add_shortcode('feedback_form', function () {
    $id = FEEDBACK_FORM;
    $tag = "wpcf7-f$id-o1";
    return <<<HTML
        <div class="wpcf7 no-js" id="$tag" data-wpcf7-id="$id">
        <form action="#$tag" method="post" class="wpcf7-form init" novalidate>
        <fieldset class="hidden-fields-container">
        <input type="hidden" name="_wpcf7" value="$id">
        <input type="hidden" name="_wpcf7_unit_tag" value="$tag">
        </fieldset>
        <p><label>Your name <input name="your-name" aria-required="true"></label></p>
        <p><label>Your email <input type="email" name="your-email" aria-required="true"></label></p>
        <p style="position: absolute; left: -9999px"><label>Website <input name="website"></label></p>
        <p><label>Your message <textarea name="your-message"></textarea></label></p>
        <p><input type="submit" value="Submit"></p>
        <div class="wpcf7-response-output" aria-hidden="true"></div>
        </form></div>
        HTML;
});
