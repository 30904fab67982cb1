using System.Text;

namespace Noroshi.Server.Hosting.Options;

/// <summary>The reference of all settings, made from the classes: docs/configuration.md.</summary>
internal static class OptionReference
{
    /// <summary>The page in both languages.</summary>
    public static string Markdown()
    {
        var text = new StringBuilder();
        text.Append(
            """
            # Configuration · 設定

            Made from the classes in `src/Noroshi.Server/Hosting/Options`; a test keeps it equal to them.

            The hub starts without any file. What is set later in this list wins: defaults, `noroshi.json` in the data folder (or `--config F`), the
            environment (`NOROSHI__HTTP__URL`), the command line. All of it is checked at the start; an unknown key is an error, so that no mistyped
            setting is silently the default. A list is an array in the file and `NOROSHI__HTTP__PROXIES__0`, `…__1` in the environment.

            ハブは設定ファイルなしで起動します。優先順位は、既定値 → データフォルダの `noroshi.json`(または `--config F`)→ 環境変数(`NOROSHI__HTTP__URL`)→ コマンドラインの順に強くなります。
            起動時に全てを検査し、知らないキーは誤りとして起動を止めます(打ち間違いが黙って既定値になることはありません)。リストはファイルでは配列、環境変数では
            `NOROSHI__HTTP__PROXIES__0`、`…__1` と書きます。

            ```json
            { "Http": { "Url": "https://0.0.0.0:8443" }, "Tls": { "Names": ["hub.example"] }, "Smtp": { "Listen": "0.0.0.0:25" } }
            ```

            ## Places · 置き場所

            | | `--…` | environment · 環境変数 | otherwise · それ以外 |
            |---|---|---|---|
            | data folder · データフォルダ | `--data DIR` | `NOROSHI_DATA`, else systemd's `STATE_DIRECTORY`/data | `~/.local/share/noroshi/data` |
            | master key · マスターキー | `--master-key F` | `NOROSHI_MASTER_KEY_FILE`, else systemd's credential `noroshi-master-key` | `DIR.master-key` beside the data folder · データフォルダの隣 |
            | register of erasures · 消去の台帳 | | | `DIR.erasures` beside the data folder · データフォルダの隣 |

            The master key never lies in the data folder and is in no backup: keep a copy elsewhere. A new one is made for a new, empty folder only.
            マスターキーはデータフォルダにも控え(バックアップ)にも入りません。写しを別の場所に保管してください。新しい鍵は、空の新しいフォルダに対してだけ作られます。

            """.ReplaceLineEndings("\n")
        );
        foreach (var group in OptionTable.Rows.GroupBy(row => row.Group.Name, StringComparer.Ordinal))
        {
            text.Append("\n## ")
                .Append(group.Key)
                .Append("\n\n| key · キー | default · 既定値 | allowed · 使える値 | |\n|---|---|---|---|\n");
            foreach (var row in group)
            {
                var shown = row.Default.Length == 0 ? "" : $"`{row.Default}`";
                text.Append("| `").Append(row.Key).Append("`<br>`").Append(row.Variable).Append("` | ").Append(shown);
                text.Append(" | ").Append(OptionTable.Allowed(row, ja: false)).Append("<br>").Append(OptionTable.Allowed(row, ja: true));
                text.Append(" | ").Append(row.Doc.En).Append("<br>").Append(row.Doc.Ja).Append(" |\n");
            }
        }

        return text.ToString();
    }
}
