using System.Text;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;

namespace Noroshi.Server.Cli;

/// <summary>Writes the pages of a report into a folder, which is made when it is not there.</summary>
internal static class ReportFolder
{
    /// <summary>Names of the pages of the last report in the folder: those that the next one does not have are removed.</summary>
    private const string Listing = "pages.txt";

    /// <summary>Writes the pages; those of an earlier report go, other files stay.</summary>
    /// <exception cref="ReportFolderException">The folder takes no files.</exception>
    public static void Write(string folder, Situation situation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var listing = Path.Combine(folder, Listing);
            var old = File.Exists(listing) ? File.ReadAllLines(listing).Where(IsPage).ToHashSet(StringComparer.Ordinal) : [];
            var written = new List<string>();
            foreach (var page in FindingReport.Of(situation))
            {
                File.WriteAllText(Path.Combine(folder, page.Name), page.Content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
                written.Add(page.Name);
            }

            foreach (var name in old.Except(written, StringComparer.Ordinal))
            {
                File.Delete(Path.Combine(folder, name));
            }

            File.WriteAllLines(listing, written);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReportFolderException(error.Message, error) { Folder = folder };
        }
    }

    /// <summary>The list lies where others may write: it names pages, nothing else.</summary>
    private static bool IsPage(string name) =>
        name.EndsWith(".html", StringComparison.Ordinal)
        && name.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '.');
}

/// <summary>A folder that takes no report.</summary>
internal sealed class ReportFolderException : Exception
{
    /// <summary>Creates the exception without a reason.</summary>
    public ReportFolderException() { }

    /// <summary>Creates the exception.</summary>
    public ReportFolderException(string message)
        : base(message) { }

    /// <summary>Creates the exception with its cause.</summary>
    public ReportFolderException(string message, Exception cause)
        : base(message, cause) { }

    /// <summary>The folder.</summary>
    public string Folder { get; init; } = "";
}
