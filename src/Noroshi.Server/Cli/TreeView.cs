using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using Noroshi.Hub.Intake;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.FileTypes.Traits;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Headers;
using Noroshi.MailAnatomy.Text;
using Noroshi.Server.Analysis;

namespace Noroshi.Server.Cli;

/// <summary>A mail or file as a tree for people; every word that comes from the mail is escaped.</summary>
/// <param name="speech">Language.</param>
/// <param name="full">Everything (<c>dissect</c>) or the gist (<c>analyze</c>).</param>
/// <param name="colour">Write in colours.</param>
internal sealed class TreeView(Speech speech, bool full, bool colour)
{
    private readonly StringBuilder _out = new();
    private readonly FrozenDictionary<string, FindingCode> _codes = FindingCodes.ByCode();
    private readonly FrozenDictionary<string, TraitKind> _traits = TraitKinds.ByName();

    /// <summary>Lines of one mail.</summary>
    public string Mail(ProvidedMail entry)
    {
        _out.Clear();
        var facts = entry.Facts;
        Line(0, entry.Key, Tone.Strong);
        Field(1, speech["組織", "Organisation"], Place(entry));
        Field(1, speech["方向", "Direction"], DirectionWord(entry));
        Field(1, speech["日時", "Date"], Time(facts.SentAt));
        Field(1, speech["差出人", "From"], Person(facts.From) + Service(facts));
        Field(1, speech["宛先", "To"], People(facts.To));
        Field(1, speech["件名", "Subject"], facts.Subject);
        if (full)
        {
            Details(entry);
        }

        if (facts.Automatic is { } automatic)
        {
            Field(1, speech["自動メール", "Automatic"], $"{automatic.Kind} ({automatic.Evidence})");
        }

        Files(1, facts.Attachments);
        Findings(1, entry.Findings);
        Field(1, "SHA-256", full ? facts.Sha256 : null);
        return _out.ToString();
    }

    /// <summary>Lines of one file.</summary>
    public string File(FileFacts file)
    {
        _out.Clear();
        Files(0, [file]);
        return _out.ToString();
    }

    private void Details(ProvidedMail entry)
    {
        var facts = entry.Facts;
        Field(1, "Cc", facts.Cc.Count == 0 ? null : People(facts.Cc));
        Field(1, "Reply-To", facts.ReplyTo.Count == 0 ? null : People(facts.ReplyTo));
        Field(1, "Message-ID", facts.MessageId);
        Field(1, "In-Reply-To", facts.InReplyTo);
        Field(1, speech["作成ソフト", "Mailer"], facts.Composition?.Mailer);
        Field(1, speech["送信元", "Origin"], Origin(facts.Origin));
        Hops(facts.Hops);
        foreach (var verdict in facts.Authentication)
        {
            Field(1, speech["認証", "Authentication"], $"{verdict.Method}={verdict.Result} {verdict.Identity}".TrimEnd());
        }

        if (facts.Form is { } form)
        {
            Field(1, speech["フォーム入力者", "Form sender"], $"{form.PersonName} {form.PersonAddress}");
        }

        Body(facts);
        foreach (var url in facts.Indicators.Urls)
        {
            var shown = url.ShownAs is null ? "" : speech[$" (表示は {url.ShownAs})", $" (shown as {url.ShownAs})"];
            Field(1, "URL", Defang(url.Value) + shown);
        }
    }

    private void Body(MailFacts facts)
    {
        if (facts.Body.Text.Length == 0)
        {
            return;
        }

        var label = speech["本文", "Body"];
        Line(1, $"{label} [{facts.Body.Source}, {facts.Body.Charset}, {facts.Body.Language ?? "-"}]");
        var lines = facts.Body.Text.Split('\n');
        foreach (var block in facts.Body.Blocks)
        {
            var mark = block.Kind switch
            {
                BlockKind.New => "  ",
                BlockKind.Salutation => speech["挨", "Sa"],
                BlockKind.Signature => speech["署", "Si"],
                BlockKind.Attribution => speech["引", "At"],
                BlockKind.Quoted => "> ",
                BlockKind.Footer => speech["末", "Fo"],
            };
            foreach (var line in lines.Skip(block.FirstLine).Take(Math.Min(block.LineCount, 60)))
            {
                Line(2, $"{mark}│ {Shorten(TerminalText.Escape(line), 300)}");
            }

            if (block.LineCount > 60)
            {
                Line(2, $"{mark}│ … {block.LineCount - 60} {speech["行省略", "more lines"]}");
            }
        }
    }

    private void Hops(IReadOnlyList<Hop> hops)
    {
        for (var i = 0; i < hops.Count; i++)
        {
            var hop = hops[i];
            var delay = hop.DelaySeconds is { } seconds ? $" +{seconds}s" : "";
            var trusted = hop.Trusted ? speech[" [自組織]", " [own]"] : "";
            Field(1, $"{speech["経路", "Hop"]} {i + 1}", $"{hop.From ?? hop.Helo} [{hop.Ip}] → {hop.By} {Time(hop.At)}{delay}{trusted}");
        }
    }

    private void Files(int depth, IReadOnlyList<FileFacts> files)
    {
        foreach (var file in files)
        {
            Line(depth, $"▸ {Shorten(TerminalText.Escape(file.Name), 200)}  {Describe(file)}", Tone.Strong);
            if (file.Disguises.Count > 0)
            {
                Field(
                    depth + 1,
                    speech["偽装", "Disguise"],
                    $"{string.Join(", ", file.Disguises.Select(ContractJson.Word))} → {speech["見え方", "shown as"]} {file.DisplayedName}",
                    Tone.Alarm
                );
            }

            if (file.Password is { } password)
            {
                Field(depth + 1, speech["パスワード", "Password"], $"{password.Value}  ({password.Source}, {password.Where})", Tone.Good);
            }

            if (full)
            {
                FileDetails(depth + 1, file);
            }

            Files(depth + 1, [.. file.Children, .. file.Mail?.Attachments ?? []]);
            Findings(depth + 1, file.Findings);
        }
    }

    private void FileDetails(int depth, FileFacts file)
    {
        Field(depth, "SHA-256", file.Sha256);
        Field(depth, "SHA-1", file.Sha1);
        Field(depth, "MD5", file.Md5);
        Field(depth, speech["作成環境", "Host OS"], file.HostOs);
        Field(depth, speech["更新日時", "Modified"], file.ModifiedAt);
        Field(depth, speech["注釈", "Comment"], file.Comment);
        foreach (var trait in file.Traits)
        {
            var label = _traits.TryGetValue(trait.Name, out var kind) ? speech[kind.Ja, kind.En] : trait.Name;
            Field(depth, label, $"{trait.Value} [{trait.Where}]");
        }

        foreach (var program in file.OpensIn)
        {
            var answer = program.Opens switch
            {
                true => speech["開ける", "opens"],
                false => speech["開けない", "does not open"],
                null => speech["不明", "unknown"],
            };
            var basis = program.Basis == "tried" ? speech["実際に試行", "tried"] : speech["対応形式から推定", "inferred from formats"];
            Field(
                depth,
                program.Program,
                $"{answer} ({basis}: {InLanguage(program.Why)})",
                program.Opens == false ? Tone.Warning : Tone.Plain
            );
        }

        if (file.Mail is { } mail)
        {
            Field(depth, speech["差出人", "From"], Person(mail.From));
            Field(depth, speech["件名", "Subject"], mail.Subject);
            Findings(depth, mail.Findings);
        }
    }

    private string Describe(FileFacts file)
    {
        var words = new List<string> { TypeWord(file.Type), file.Format };
        if (file.Size is { } size)
        {
            words.Add(size.ToString("N0", CultureInfo.InvariantCulture) + " B");
        }

        if (file.Encrypted)
        {
            words.Add(speech["暗号化", "encrypted"] + (file.Encryption is null ? "" : $" {file.Encryption}"));
        }

        if (file.HeaderEncrypted)
        {
            words.Add(speech["名前も暗号化", "names encrypted too"]);
        }

        return $"[{string.Join(" · ", words)}]";
    }

    private string TypeWord(FileType type) =>
        type switch
        {
            FileType.Other => speech["その他", "other"],
            FileType.Office => speech["Office文書", "Office document"],
            FileType.Justsystems => speech["ジャストシステム文書", "JustSystems document"],
            FileType.Pdf => "PDF",
            FileType.Executable => speech["実行ファイル", "executable"],
            FileType.Shortcut => speech["ショートカット", "shortcut"],
            FileType.Script => speech["スクリプト", "script"],
            FileType.Html => "HTML",
            FileType.Image => speech["画像", "image"],
            FileType.Mail => speech["メール", "mail"],
            FileType.Archive => speech["書庫", "archive"],
            FileType.DiskImage => speech["ディスクイメージ", "disk image"],
            FileType.EncryptedUnopened => speech["未確認(暗号化)", "encrypted, unopened"],
        };

    private void Findings(int depth, IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            if (!full && finding.Severity == Severity.Note)
            {
                continue;
            }

            var mark = finding.Severity switch
            {
                Severity.Note => "·",
                Severity.Suspicious => "!",
                Severity.Damaged => "×",
                Severity.Limit => "…",
            };
            var text = _codes.TryGetValue(finding.Code, out var code) ? speech[code.Ja, code.En] : finding.Code;
            var tone = finding.Severity == Severity.Note ? Tone.Quiet : Tone.Warning;
            Line(depth, $"{mark} {text} [{finding.Code}: {Shorten(TerminalText.Escape(finding.Detail), 160)}]", tone);
        }
    }

    private static string? Place(ProvidedMail entry) =>
        entry.Organization is null ? null
        : entry.Window is null ? entry.Organization
        : $"{entry.Organization} / {entry.Window}";

    private string? DirectionWord(ProvidedMail entry)
    {
        var word = entry.Direction switch
        {
            MailDirection.Inbound => speech["受信", "inbound"],
            MailDirection.Outbound => speech["送信", "outbound"],
            MailDirection.Internal => speech["組織内", "internal"],
            MailDirection.Provision => speech["提供(添付転送の封筒)", "provision (carrier of a forward as attachment)"],
            null => null,
        };
        return entry.Carrier is { } carrier ? $"{word} {speech[$"({carrier} で提供)", $"(reported by {carrier})"]}".TrimStart() : word;
    }

    private string Service(MailFacts facts) =>
        facts.Indicators.SenderService switch
        {
            MailAnatomy.Indicators.MailServiceClass.None => "",
            MailAnatomy.Indicators.MailServiceClass.Webmail => speech["  (フリーメール)", "  (free-mail)"],
            MailAnatomy.Indicators.MailServiceClass.Isp => speech["  (プロバイダメール)", "  (ISP mail)"],
            MailAnatomy.Indicators.MailServiceClass.Mobile => speech["  (携帯メール)", "  (mobile mail)"],
            MailAnatomy.Indicators.MailServiceClass.Disposable => speech["  (使い捨てアドレス)", "  (disposable)"],
        };

    private string? Origin(Origin? origin) =>
        origin is null
            ? null
            : $"{origin.Ip} {origin.Host} "
                + (origin.Certain ? speech["(自組織の記録による)", "(by an own host)"] : speech["(推定)", "(presumed)"]);

    /// <summary>Reasons come in both languages, <c>ja / en [source]</c>.</summary>
    private string InLanguage(string why)
    {
        var border = why.IndexOf(" / ", StringComparison.Ordinal);
        var source = why.LastIndexOf('[');
        if (border < 0 || source < border)
        {
            return why;
        }

        return (speech.Japanese ? why[..border] : why[(border + 3)..source].TrimEnd()) + " " + why[source..];
    }

    private static string? Person(MailAddress? person) =>
        person is null ? null
        : person.Name.Length == 0 ? person.Address
        : $"{person.Name} <{person.Address}>";

    private string People(IReadOnlyList<MailAddress> people) =>
        string.Join(", ", people.Take(5).Select(Person))
        + (people.Count > 5 ? speech[$" ほか{people.Count - 5}件", $" and {people.Count - 5} more"] : "");

    private static string? Time(DateTimeOffset? time) => time?.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);

    private static string Defang(string url) =>
        url.Replace("http", "hxxp", StringComparison.OrdinalIgnoreCase).Replace(".", "[.]", StringComparison.Ordinal);

    private static string Shorten(string text, int most) =>
        text.Length <= most ? text : string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[most - 1]) ? most - 1 : most), "…");

    private void Field(int depth, string label, string? value, Tone tone = Tone.Plain)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            Line(depth, $"{TerminalText.Escape(label)}: {Shorten(TerminalText.Escape(value), 500)}", tone);
        }
    }

    /// <summary>Every line passes here, so no word can be forgotten: types and codes come from a worker, which counts as hostile too.</summary>
    private void Line(int depth, string words, Tone tone = Tone.Plain)
    {
        var text = TerminalText.Escape(words);
        _out.Append(' ', depth * 2);
        if (!colour || tone == Tone.Plain)
        {
            _out.Append(text).Append('\n');
            return;
        }

        var code = tone switch
        {
            Tone.Plain => "0",
            Tone.Strong => "1",
            Tone.Alarm => "31",
            Tone.Good => "32",
            Tone.Warning => "33",
            Tone.Quiet => "90",
        };
        _out.Append("\u001b[").Append(code).Append('m').Append(text).Append("\u001b[0m\n");
    }

    /// <summary>Colours by meaning; the words say the same without them.</summary>
    private enum Tone
    {
        Plain,
        Strong,
        Alarm,
        Good,
        Warning,
        Quiet,
    }
}
