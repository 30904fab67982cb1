using Noroshi.Hub.Figures;
using Noroshi.MailAnatomy;

namespace Noroshi.Hub.Reports.Findings;

/// <summary>Attached files and what is in them: true type, shown name against stored name, password and where it was found.</summary>
internal static class FileTree
{
    private const int MostFiles = 60;
    private const int Deepest = 8;

    /// <summary>Writes the files, at most <see cref="MostFiles"/> of them.</summary>
    public static void Write(Page page, IReadOnlyList<FileFacts> files)
    {
        var left = MostFiles;
        Write(page, files, (0, false), ref left);
    }

    private static void Write(Page page, IReadOnlyList<FileFacts> files, (int Depth, bool Opened) within, ref int left)
    {
        if (files.Count == 0 || within.Depth > Deepest)
        {
            return;
        }

        page.Html.Open("ul", ("class", "tree"));
        for (var i = 0; i < files.Count; i++)
        {
            if (left-- <= 0)
            {
                page.Html.Leaf("li", page.Say(PageWords.More(files.Count - i)), ("class", "small muted"));
                break;
            }

            page.Html.Open("li");
            WriteFile(page, files[i], within.Opened);
            Write(page, files[i].Children, (within.Depth + 1, files[i].Password is not null), ref left);
            page.Html.Close();
        }

        page.Html.Close();
    }

    private static void WriteFile(Page page, FileFacts file, bool opened)
    {
        var dangerous = file.Type is FileType.Executable or FileType.Shortcut or FileType.Script;
        page.Html.Leaf("bdi", VisibleText.Line(Last(file.Name)), ("class", dangerous ? "data danger" : "data")).Text(" ");
        Chip(page, $"{page.Say(ConversationWords.TypeOf(file.Type))} ({file.Format})");
        if (file.Encrypted || file.HeaderEncrypted)
        {
            Chip(page, $"{page.Say(FileWords.Locked)}{(file.Encryption is { } cipher ? $" {cipher}" : "")}");
        }

        if (file.HeaderEncrypted)
        {
            Chip(page, page.Say(FileWords.NamesLocked));
        }

        foreach (var disguise in file.Disguises)
        {
            Chip(page, page.Say(ConversationWords.DisguiseOf(disguise)));
        }

        if (Last(file.DisplayedName) != Last(file.Name))
        {
            page.Html.Open("div", ("class", "small")).Text($"{page.Say(FileWords.ShownAs)}: ");
            page.Html.Leaf("bdi", VisibleText.Line(Last(file.DisplayedName)), ("class", "data"));
            page.Html.Text($" / {page.Say(FileWords.StoredAs)}: ")
                .Leaf("bdi", VisibleText.Line(Last(file.Name)), ("class", "data"))
                .Close();
        }

        // What lies in an archive was opened with the archive's password.
        if (!opened || file.Password is not null)
        {
            WritePassword(page, file);
        }

        if (file.Sha256 is { } hash)
        {
            page.Html.Open("div", ("class", "small muted")).Text("SHA-256 ").Leaf("code", hash).Close();
        }

        WriteUnarchivers(page, file);
    }

    private static void WritePassword(Page page, FileFacts file)
    {
        if (!file.Encrypted && !file.HeaderEncrypted)
        {
            return;
        }

        page.Html.Open("div", ("class", "small"));
        if (file.Password is { } password)
        {
            page.Html.Text($"{page.Say(FileWords.Password)}: ").Leaf("code", password.Value, ("class", "data"));
            page.Html.Text($" ({page.Say(FileWords.Where)}: {page.Say(FileWords.Source(password.Source))}, ");
            page.Data(page.Say(FileWords.Place(password.Where)));
            page.Html.Text(")");
        }
        else
        {
            page.Html.Text(page.Say(FileWords.PasswordUnknown));
        }

        page.Html.Close();
    }

    private static void WriteUnarchivers(Page page, FileFacts file)
    {
        if (file.OpensIn.Count == 0)
        {
            return;
        }

        page.OpenDetails(FileWords.Unarchivers);
        page.OpenTable(null, (FileWords.Program, null), (FileWords.Result, null), (FileWords.Basis, null), (FileWords.Why, null));
        foreach (var opens in file.OpensIn)
        {
            page.Html.Open("tr").Leaf("th", page.Say(FileWords.ProgramOf(opens.Program)), ("scope", "row"));
            page.Cell(FileWords.Result)
                .Text(
                    page.Say(
                        opens.Opens switch
                        {
                            true => FileWords.Opens,
                            false => FileWords.OpensNot,
                            null => FileWords.OpensUnknown,
                        }
                    )
                )
                .Close();
            page.Cell(FileWords.Basis).Text(page.Say(opens.Basis == "tried" ? FileWords.Tried : FileWords.Inferred)).Close();
            page.Cell(FileWords.Why).Text(Reason(opens.Why, page.Language)).Close().Close();
        }

        page.CloseTable();
        page.CloseDetails();
    }

    /// <summary>The table of unarchivers writes its reasons as <c>Japanese / English [source]</c>.</summary>
    private static string Reason(string why, ReportLanguage language)
    {
        const string Between = " / ";
        var cut = why.IndexOf(Between, StringComparison.Ordinal);
        var source = why.LastIndexOf(" [", StringComparison.Ordinal);
        return cut < 0 ? why
            : language == ReportLanguage.En ? why[(cut + Between.Length)..]
            : $"{why[..cut]}{(source > cut ? why[source..] : "")}";
    }

    private static string Last(string path) => path.Length > 300 ? $"{path[..300]}…" : path;

    private static void Chip(Page page, string text) => page.Html.Leaf("span", text, ("class", "chip")).Text(" ");
}
