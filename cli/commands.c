#include "cli/args.h"
#include "cli/cli.h"

#define LIST_OPTIONS                                                                               \
    (OPTION_BIT(FORMAT) | OPTION_BIT(FILTER) | OPTION_BIT(SORT) | OPTION_BIT(COLUMNS) |            \
     OPTION_BIT(COUNT) | OPTION_BIT(OUTPUT) | OPTION_BIT(FORCE))

static const char config_about[] =
    "Settings are read from $XDG_CONFIG_HOME/luitop/luitop.conf (or ~/.config/luitop/luitop.conf,\n"
    "or --config FILE) and /etc/xdg/luitop/luitop.conf. A first one:\n"
    "\n"
    "  profiles: {\n"
    "    mine: {\n"
    "      customer_id = \"nimbus7q2x\";\n"
    "      client_id = \"...\";\n"
    "      client_secret_file = \"/home/me/.config/luitop/secret\";   # mode 0600\n"
    "    };\n"
    "  };\n";

const struct command command_table[] = {
    {
        .name = "status",
        .summary = "what needs attention now, for mails and scripts",
        .about = "Servers that do not report, licences that end, the running month's usage, the\n"
                 "tagging window, NetScaler, notifications. A number that has gaps begins with\n"
                 "\">=\"; what is not known is said to be. Formats: table (text) and json.\n",
        .examples = "  luitop status\n"
                    "  luitop status --format json | jq .servers.not_reporting\n",
        .options = OPTION_BIT(FORMAT) | OPTION_BIT(OUTPUT) | OPTION_BIT(FORCE),
        .run = cli_status,
    },
    {
        .name = "servers",
        .summary = "license servers and whether they report",
        .examples = "  luitop servers --filter 'severity>=warning' --sort last_reported\n"
                    "  luitop servers --format csv -o servers.csv\n"
                    "  luitop servers --filter 'status!=reporting' --count\n",
        .options = LIST_OPTIONS,
        .run = cli_list,
    },
    {
        .name = "usage",
        .summary = "users of a month by edition, paid and free",
        .about = "--by customer adds the columns customer_id, customer and linked; --by server\n"
                 "fqdn, server_free and reporting_date. A row is incomplete while servers are\n"
                 "silent in that month: then its total is a lower bound.\n",
        .examples = "  luitop usage --term 2026-10\n"
                    "  luitop usage --by customer --format csv\n"
                    "  luitop usage --format json | jq '.incomplete, .rows[].paid'\n",
        .options = LIST_OPTIONS | OPTION_BIT(TERM) | OPTION_BIT(BY),
        .run = cli_list,
    },
    {
        .name = "history",
        .summary = "users month by month, newest first",
        .about = "A month without data is a row with nulls, never zero. The running month is the\n"
                 "first row.\n",
        .examples = "  luitop history --months 36 --format csv\n"
                    "  luitop history --from 2024-01 --to 2024-12 --format json\n"
                    "  luitop history --filter 'feature_id=XDT_PLT_UD' --columns term,paid\n",
        .options = LIST_OPTIONS | OPTION_BIT(MONTHS) | OPTION_BIT(FROM) | OPTION_BIT(TO),
        .run = cli_list,
    },
    {
        .name = "trend",
        .summary = "users month by month as a chart, a table or in words",
        .about =
            "Paid and free users a month, one on the other. \"?\" is a month without data,\n"
            "\":\" the running one so far, \"o\" one with silent servers, \".\" a forecast. The\n"
            "chart is made of ASCII where the locale is not UTF-8, or with --glyphs ascii.\n"
            "Its width is that of --width, else $COLUMNS, else 80.\n"
            "\n"
            "--forecast adds the end of the running month (run-rate) and a straight trend of\n"
            "the months after it, with the method and how far it was off before. In csv, tsv,\n"
            "json and jsonl it has columns of its own: no sum over total, paid or free holds\n"
            "one. --by year shows each year's largest month; users are never added up over\n"
            "months.\n",
        .formats = "chart, table, sentence, csv, tsv, json or jsonl",
        .examples = "  luitop trend --months 12 --forecast\n"
                    "  luitop trend --from 2016-02 --by year\n"
                    "  luitop trend --forecast --format csv\n"
                    "  luitop trend --edition XDT_PLT_UD --format sentence\n"
                    "  luitop trend --customer cedarclinic5 --width 120 -o trend.txt\n",
        .options = OPTION_BIT(MONTHS) | OPTION_BIT(FROM) | OPTION_BIT(TO) | OPTION_BIT(FORECAST) |
                   OPTION_BIT(BY) | OPTION_BIT(EDITION) | OPTION_BIT(CUSTOMER) |
                   OPTION_BIT(FORMAT) | OPTION_BIT(WIDTH) | OPTION_BIT(OUTPUT) | OPTION_BIT(FORCE),
        .run = cli_trend,
    },
    {
        .name = "customers",
        .summary = "the partner's customers, and what they use",
        .about =
            "--by edition: a row a customer and edition with the users of a month and of the\n"
            "one before; users linked to no customer are the rows \"Not linked\". What is not\n"
            "known is empty, never 0.\n",
        .examples = "  luitop customers --format csv\n"
                    "  luitop customers --by edition --term 2026-10 --filter 'change<0'\n",
        .options = LIST_OPTIONS | OPTION_BIT(TERM) | OPTION_BIT(BY),
        .run = cli_list,
    },
    {
        .name = "netscaler",
        .summary = "NetScaler VPX licences and whether their hosts report",
        .examples = "  luitop netscaler --filter 'days_to_expire<=90'\n",
        .options = LIST_OPTIONS,
        .run = cli_list,
    },
    {
        .name = "notifications",
        .summary = "what Citrix Cloud notified of, newest first",
        .examples = "  luitop notifications --filter 'severity>=warning'\n",
        .options = LIST_OPTIONS,
        .run = cli_list,
    },
    {
        .name = "cloud",
        .summary = "cloud (DaaS) licences by month, customer or tenant",
        .about =
            "The account's own licences month by month. --by customer: the licences, users and\n"
            "overage of each customer in one month, with a level: over, near (95 % or more),\n"
            "ok, none (no licences). --by tenant: the users of each tenant of the shared\n"
            "deployments, with those linked to no customer. Numbers are the service's own;\n"
            "what contradicts itself is named on stderr and in JSON's incomplete.\n",
        .examples = "  luitop cloud --format csv\n"
                    "  luitop cloud --by customer --term 2026-10 --filter 'level>=near'\n"
                    "  luitop cloud --by tenant --filter 'linked=no' --format csv\n",
        .options = LIST_OPTIONS | OPTION_BIT(TERM) | OPTION_BIT(BY),
        .run = cli_list,
    },
    {
        .name = "deployments",
        .summary = "licensed deployments: installed, in use, peaks by product",
        .about =
            "A row a product edition and licensing model, over the license servers that report.\n"
            "available_percent is in use in percent of installed, as Citrix defines it: over\n"
            "100 is an overdraft. --by server: a row a server and product, with those that do\n"
            "not report; --by user: who uses what, with the last login.\n",
        .examples = "  luitop deployments --filter 'overdraft>0 or available_percent>=95'\n"
                    "  luitop deployments --by server --format csv\n"
                    "  luitop deployments --by user --filter 'last_login<2026-09-01' --count\n",
        .options = LIST_OPTIONS | OPTION_BIT(BY),
        .run = cli_list,
    },
    {
        .name = "check",
        .words = "servers",
        .summary = "monitoring plug-in: 0 ok, 1 warning, 2 critical, 3 unknown",
        .about = "One line with perfdata on stdout. The worst finding wins. Whatever keeps luitop\n"
                 "from knowing is 3. A server that never reported does not report; leave such out\n"
                 "with --filter 'status!=never_reported'.\n",
        .examples = "  luitop check servers\n"
                    "  luitop check servers --warning 2 --critical 5 --expiry-critical off\n"
                    "  luitop check servers --filter 'free=no'\n",
        .options = OPTION_BIT(WARNING) | OPTION_BIT(CRITICAL) | OPTION_BIT(EXPIRY_WARNING) |
                   OPTION_BIT(EXPIRY_CRITICAL) | OPTION_BIT(FILTER),
        .plugin = true,
        .run = cli_check,
    },
    {
        .name = "schema",
        .words = "[LIST]",
        .summary = "the JSON of the lists, as a JSON Schema",
        .about =
            "Made from the same tables as the lists. \"schema\" in a document is the version:\n"
            "columns may be added to it, none goes or changes. Any value may be null.\n",
        .examples = "  luitop schema\n"
                    "  luitop schema usage --by customer | jq '.[\"$defs\"] | keys'\n",
        .options = OPTION_BIT(BY) | OPTION_BIT(OUTPUT) | OPTION_BIT(FORCE),
        .run = cli_schema,
    },
    {
        .name = "config",
        .words = "show",
        .summary = "the effective settings; --origin: where each is from",
        .about = config_about,
        .examples = "  luitop config show --origin\n",
        .options = OPTION_BIT(ORIGIN),
        .run = cli_config,
    },
    {
        .name = "help",
        .words = "[COMMAND]",
        .summary = "this, or help for one command",
        .examples = "  luitop help servers\n",
        .run = cli_help,
    },
};
const size_t command_count = sizeof(command_table) / sizeof(command_table[0]);
