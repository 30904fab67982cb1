using System.Text;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Reports.Findings;

namespace Noroshi.Server.Cli;

/// <summary>Writes the pages of a report into a folder, which is made when it is not there.</summary>
internal static class ReportFolder
{
    /// <summary>Writes the pages; files of the same names are replaced, others stay.</summary>
    /// <exception cref="ReportFolderException">The folder takes no files.</exception>
    public static void Write(string folder, Situation situation)
    {
        try
        {
            Directory.CreateDirectory(folder);
            foreach (var page in FindingReport.Of(situation))
            {
                File.WriteAllText(Path.Combine(folder, page.Name), page.Content, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ReportFolderException(error.Message, error) { Folder = folder };
        }
    }
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
