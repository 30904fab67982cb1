using Noroshi.MailAnatomy.Containers;
using Noroshi.MailAnatomy.Containers.Lzh;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Lzh;

/// <summary>Archives of some twenty archivers, checked by their own checksums.</summary>
public sealed class LzhCorpusTests
{
    // Bytes after which a member is only listed: one is more than 4 GiB of zeros.
    private const long Reach = 64L << 20;

    [Fact]
    public void Every_supported_member_of_the_corpus_decodes_with_right_crc()
    {
        var members = 0;
        var wrong = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Corpora.Folder("lzh"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (Path.GetFileName(file).StartsWith("README", StringComparison.Ordinal) || file.EndsWith(".md", StringComparison.Ordinal))
            {
                continue;
            }

            var name = Path.GetRelativePath(Corpora.Folder("lzh"), file);
            var bytes = File.ReadAllBytes(file);
            var format = new IContainerFormat[] { new LzhFormat(), new LzhSelfExtractor() }.FirstOrDefault(candidate => candidate.Recognises(bytes));
            if (format is null)
            {
                wrong.Add($"{name}: not recognised");
                continue;
            }

            var opened = format.Open(bytes, null);
            foreach (var entry in opened.Entries)
            {
                members++;
                var problem = Check(entry);
                Console.WriteLine($"{name} {entry.Method} {entry.Name} {entry.NameCharset} {entry.Size} {entry.ModifiedAt} {entry.HostOs} {entry.Comment} {problem} [{string.Join(',', entry.Findings.Select(f => f.Code + " " + f.Detail))}]");
                if (problem is not null)
                {
                    wrong.Add($"{name}: {entry.Name}: {problem}");
                }
            }

            foreach (var finding in opened.Findings) { Console.WriteLine($"{name} {finding}"); }
        }

        wrong.ShouldBeEmpty();
        members.ShouldBeGreaterThan(250);
    }

    private static string? Check(ContainerEntry entry)
    {
        if (entry.Open is null || entry.Size > Reach)
        {
            return null;
        }

        try
        {
            using var stream = entry.Open();
            stream.CopyTo(Stream.Null);
            return null;
        }
        catch (InvalidDataException exception)
        {
            return exception.Message;
        }
    }
}
