<?php
// In place of wp-config.php, so that nothing of this machine's own WordPress is read.
$folder = getenv('WORDPRESS_FOLDER');
define('ABSPATH', '/usr/share/wordpress/');
define('WP_CONTENT_DIR', "$folder/content");
define('WP_HOME', getenv('WORDPRESS_URL'));
define('WP_SITEURL', WP_HOME);
define('DB_HOST', "localhost:$folder/mariadb.sock");
define('DB_NAME', 'wordpress');
define('DB_USER', 'root');
define('DB_PASSWORD', '');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('WP_DEFAULT_THEME', 'plain');
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('DISABLE_WP_CRON', true);
define('AUTOMATIC_UPDATER_DISABLED', true);
define('FS_METHOD', 'direct');
define('CONTACT_OWNER', trim(file_get_contents("$folder/owner")));
$table_prefix = 'wp_';
