using static Noroshi.MailAnatomy.Containers.ArchiveLock;

namespace Noroshi.MailAnatomy.Containers;

/// <summary>The rows of <see cref="Unarchivers"/>; sources by key in docs/unarchivers.md.</summary>
internal static class UnarchiversTable
{
    /// <summary>Date of the last change.</summary>
    public const string Version = "2026-11-23";

    private const string Streams = "tar gz bz2 z";

    /// <summary>Programs, those common in Japan first.</summary>
    public static IReadOnlyList<UnarchiverProgram> Programs { get; } =
    [
        new(
            "Lhaplus 1.59-1.74",
            [
                new(
                    "rar5",
                    Any,
                    false,
                    "lhaplus-rar5",
                    "RAR5 形式(2013年4月公開、WinRAR 5.0 で同年9月に普及開始)には対応していません。",
                    "It does not read RAR 5, a format of 2013."
                ),
                new(
                    "rar4",
                    Names,
                    null,
                    "lhaplus-formats",
                    "RAR(4まで)は付属の解凍部品で開きますが、ファイル名も暗号化したものについての資料がありません。",
                    "RAR up to 4 is read by a component; no source speaks of locked names."
                ),
                new("rar4", Any, true, "lhaplus-formats", "RAR(4まで)の展開に対応しています。", "It unpacks RAR up to 4."),
                new(
                    "zip",
                    AesInZip,
                    null,
                    "lhaplus-formats",
                    "ZIP の AES 暗号についての資料がありません。",
                    "No source speaks of AES in ZIP."
                ),
                new(
                    "zip",
                    Any,
                    true,
                    "lhaplus-formats",
                    "ZIP(従来のパスワードを含む)に対応しています。",
                    "It opens ZIP, the old password cipher too."
                ),
                new("7z", Locked, null, "lhaplus-formats", "暗号化した 7z についての資料がありません。", "No source speaks of locked 7z."),
                new("7z", Any, true, "lhaplus-formats", "7z の展開に対応しています。", "It unpacks 7z."),
                new(
                    $"lzh cab arj {Streams}",
                    Any,
                    true,
                    "lhaplus-formats",
                    "展開できる形式に挙げられています。",
                    "The format is on its list."
                ),
            ]
        ),
        new(
            "+Lhaca 1.2x",
            [
                new(
                    "rar5",
                    Any,
                    false,
                    "rar5-new",
                    "RAR5 より前に公開された版で、新しい形式は開けません。",
                    "It was made before RAR 5, which older software does not read."
                ),
                new(
                    "rar4",
                    Locked,
                    null,
                    "lhaca-formats",
                    "暗号化した RAR についての資料がありません。",
                    "No source speaks of locked RAR."
                ),
                new(
                    $"rar4 lzh cab arj {Streams}",
                    Any,
                    true,
                    "lhaca-formats",
                    "展開できる形式に挙げられています。",
                    "The format is on its list."
                ),
                new(
                    "zip",
                    AesInZip,
                    null,
                    "lhaca-formats",
                    "ZIP の AES 暗号についての資料がありません。",
                    "No source speaks of AES in ZIP."
                ),
                new(
                    "zip",
                    Any,
                    true,
                    "lhaca-formats",
                    "ZIP(従来のパスワードを含む)に対応しています。",
                    "It opens ZIP, the old password cipher too."
                ),
                new(
                    "7z xz zst lz iso",
                    Any,
                    false,
                    "lhaca-formats",
                    "展開できる形式に挙げられていません。",
                    "The format is not on its list."
                ),
            ]
        ),
        new(
            "Explzh 8-9",
            [
                new(
                    "rar5",
                    Any,
                    null,
                    "explzh-formats",
                    "RAR の展開に対応していますが、版ごとの記載が見つかりません。",
                    "It unpacks RAR; the source does not name the version of the format."
                ),
                new("rar4", Any, true, "explzh-formats", "RAR の展開に対応しています。", "It unpacks RAR."),
                new(
                    "zip lzh 7z cab iso udf tar gz bz2 xz zst",
                    Any,
                    true,
                    "explzh-formats",
                    "対応形式に挙げられています。",
                    "The format is on its list."
                ),
            ]
        ),
        new(
            "WinRAR 3-4",
            [
                new(
                    "rar5",
                    Any,
                    false,
                    "rar5-new",
                    "WinRAR 5.0 より前の版は RAR5 を開けません。",
                    "WinRAR before 5.0 does not read RAR 5."
                ),
                new("rar4", Any, true, "rar-encryption", "自身の形式です(ファイル名の暗号化を含む)。", "Its own format, locked names too."),
                new("zip", AesInZip, null, "winrar-formats", "版によって異なります。", "It depends on the version."),
                new("zip", Any, true, "winrar-formats", "対応しています。", "It is supported."),
                new(
                    $"lzh cab arj iso 7z {Streams}",
                    Any,
                    true,
                    "winrar-formats",
                    "展開できる形式に挙げられています。",
                    "The format is on its list."
                ),
            ]
        ),
        new(
            "WinRAR 5-7",
            [
                new("rar5 rar4", Any, true, "rar5-new", "自身の形式です(ファイル名の暗号化を含む)。", "Its own formats, locked names too."),
                new(
                    $"zip lzh cab arj iso 7z xz {Streams}",
                    Any,
                    true,
                    "winrar-formats",
                    "展開できる形式に挙げられています。",
                    "The format is on its list."
                ),
            ]
        ),
        new(
            "Windows XP-10 エクスプローラー",
            [
                new(
                    "zip",
                    AesInZip,
                    false,
                    "windows-zip",
                    "圧縮フォルダーは ZIP の AES 暗号に対応していません。",
                    "Compressed folders do not know AES in ZIP."
                ),
                new(
                    "zip",
                    Any,
                    true,
                    "windows-zip",
                    "圧縮フォルダーで開けます(従来のパスワードを含む)。",
                    "Compressed folders open it, the old password cipher too."
                ),
                new(
                    "rar4 rar5 7z tar gz bz2 xz zst",
                    Any,
                    false,
                    "windows-11",
                    "2023年10月の Windows 11 更新まで対応していませんでした。",
                    "It was not supported before the Windows 11 update of October 2023."
                ),
                new("cab", Any, true, "windows-zip", "標準で開けます。", "It opens by itself."),
                new(
                    "iso",
                    Any,
                    null,
                    "windows-iso",
                    "Windows 8 以降はマウントできますが、XP と 7 はできません。",
                    "Windows 8 and later mount it, XP and 7 do not."
                ),
            ]
        ),
        new(
            "Windows 11 22H2/23H2 エクスプローラー(2023年10月以降)",
            [
                new(
                    "zip",
                    AesInZip,
                    false,
                    "windows-zip",
                    "圧縮フォルダーは ZIP の AES 暗号に対応していません。",
                    "Compressed folders do not know AES in ZIP."
                ),
                new(
                    "zip",
                    Any,
                    true,
                    "windows-zip",
                    "圧縮フォルダーで開けます(従来のパスワードを含む)。",
                    "Compressed folders open it, the old password cipher too."
                ),
                new(
                    "rar4 rar5 7z",
                    Locked,
                    false,
                    "windows-11",
                    "これらの形式のパスワード付き書庫には対応していません。",
                    "Locked archives of these formats are not supported."
                ),
                new("rar4 rar5 7z tar gz bz2 xz zst", Any, true, "windows-11", "KB5031455 で対応しました。", "Supported since KB5031455."),
                new("iso", Any, true, "windows-iso", "マウントできます。", "It is mounted."),
            ]
        ),
        new(
            "7-Zip 9.20-15.05",
            [
                new("rar5", Any, false, "7zip-rar5", "RAR5 への対応は 15.06 からです。", "RAR 5 is read since 15.06."),
                new(
                    $"zip rar4 7z lzh cab arj iso udf xz {Streams}",
                    Any,
                    true,
                    "7zip-formats",
                    "展開できる形式です(AES を含む)。",
                    "It unpacks the format, AES too."
                ),
                new("zst lz", Any, false, "7zip-zst", "対応していません。", "It is not supported."),
            ]
        ),
        new(
            "7-Zip 15.06-26",
            [
                new(
                    "rar5 rar4",
                    Any,
                    true,
                    "7zip-rar5",
                    "RAR は 15.06 以降 RAR5 も展開できます(AES を含む)。",
                    "RAR 5 is read since 15.06, AES too."
                ),
                new(
                    "zip 7z",
                    Any,
                    true,
                    "tried-7zip",
                    "パスワード付き(7z は名前の暗号化を含む)を 26.02 で実際に開きました。",
                    "Locked ones (7z with names too) were opened with 26.02."
                )
                {
                    Tried = true,
                },
                new($"lzh cab arj iso udf xz {Streams}", Any, true, "7zip-formats", "展開できる形式です。", "It unpacks the format."),
                new("zst", Any, null, "7zip-zst", "24.05 以降で対応しています。", "It is supported since 24.05."),
            ]
        ),
        new(
            "The Unarchiver / unar 1.10",
            [
                new(
                    "rar5",
                    Any,
                    true,
                    "tried-unar",
                    "パスワード付き(名前の暗号化を含む)を unar 1.10.1 で実際に開きました。",
                    "Locked ones, names too, were opened with unar 1.10.1."
                )
                {
                    Tried = true,
                },
                new(
                    "rar4",
                    Locked,
                    null,
                    "tried-unar",
                    "Debian の unar 1.10.1 では開けませんでした。Mac 版は試していません。",
                    "Debian's unar 1.10.1 failed; the Mac program was not tried."
                ),
                new(
                    "zip",
                    AesInZip,
                    null,
                    "tried-unar",
                    "Debian の unar 1.10.1 では一部を開けませんでした。Mac 版は試していません。",
                    "Debian's unar 1.10.1 failed with some; the Mac program was not tried."
                ),
                new("rar4 zip 7z", Any, true, "unar-formats", "対応形式に挙げられています。", "The format is on its list."),
                new(
                    $"lzh cab arj iso xz {Streams}",
                    Any,
                    true,
                    "unar-formats",
                    "対応形式に挙げられています。",
                    "The format is on its list."
                ),
            ]
        ),
        new(
            "macOS アーカイブユーティリティ",
            [
                new("rar4 rar5 lzh arj", Any, false, "archive-utility", "対応形式の一覧にありません。", "The format is not on its list."),
                new(
                    "zip",
                    AesInZip,
                    null,
                    "archive-utility",
                    "ZIP の AES 暗号についての資料がありません。",
                    "No source speaks of AES in ZIP."
                ),
                new("zip", Any, true, "archive-utility", "対応しています。", "It is supported."),
                new("7z", Locked, null, "archive-utility", "暗号化した 7z についての資料がありません。", "No source speaks of locked 7z."),
                new(
                    $"7z xz {Streams}",
                    Any,
                    true,
                    "archive-utility",
                    "対応形式の一覧にあります(10.15 以降)。",
                    "The format is on its list since 10.15."
                ),
            ]
        ),
    ];
}
