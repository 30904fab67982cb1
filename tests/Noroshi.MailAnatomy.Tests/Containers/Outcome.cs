using System.Globalization;
using System.Security.Cryptography;
using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Findings;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Containers;

/// <summary>What came out of an archive: every entry read to its end.</summary>
internal sealed record Outcome(OpenedContainer Container, IReadOnlyList<(ContainerEntry Entry, byte[]? Content, string? Failure)> Entries)
{
    public IReadOnlyList<Finding> Findings { get; } = [.. Container.Findings, .. Entries.SelectMany(entry => entry.Entry.Findings)];

    public int Whole => Entries.Count(entry => entry.Content is not null);

    public int Failed => Entries.Count(entry => entry.Failure is not null);

    public int Folders => Entries.Count(entry => entry.Entry.IsDirectory);

    public bool Has(FindingCode code) => Findings.Any(finding => finding.Code == code.Code);

    /// <summary>Opens by content and reads everything; fails the test when bytes leak an exception of another type than promised.</summary>
    public static Outcome Of(ReadOnlyMemory<byte> bytes, string? password = null)
    {
        var format = ContainerFormats.Recognise(bytes.Span);
        format.ShouldNotBeNull();
        return Of(format, bytes, password);
    }

    public static Outcome Of(IContainerFormat format, ReadOnlyMemory<byte> bytes, string? password = null)
    {
        var opened = format.Open(bytes, password);
        var entries = new List<(ContainerEntry, byte[]?, string?)>();
        foreach (var entry in opened.Entries)
        {
            byte[]? content = null;
            string? failure = null;
            if (entry.Open is { } open)
            {
                try
                {
                    using var stream = open();
                    using var all = new MemoryStream();
                    var buffer = new byte[8192];
                    int count;
                    while ((count = stream.Read(buffer)) > 0 && all.Length < 64 << 20)
                    {
                        all.Write(buffer, 0, count);
                    }

                    content = all.ToArray();
                }
                catch (InvalidDataException wrong)
                {
                    failure = wrong.Message;
                }
            }

            entries.Add((entry, content, failure));
        }

        return new Outcome(opened, entries);
    }

    /// <summary>One line for the table of expected outcomes.</summary>
    public string Line()
    {
        var info = Container.Info;
        var findings = string.Join(
            ',',
            Findings
                .Select(finding => finding.Code.Replace("container.", "", StringComparison.Ordinal))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal)
        );
        var hash = SHA256.HashData([.. Entries.SelectMany(entry => entry.Content is null ? [] : SHA256.HashData(entry.Content))]);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{info.Format} {info.FormatVersion ?? "-"} {info.Encryption ?? "-"}{(info.HeaderEncrypted ? "/header" : "")}{(info.Solid ? " solid" : "")}{(info.MultiVolume ? " volume" : "")} whole={Whole} failed={Failed} folders={Folders} none={Entries.Count - Whole - Failed - Folders} [{findings}] {Convert.ToHexStringLower(hash)[..8]}"
        );
    }
}
