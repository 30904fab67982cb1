using System.Text;
using Noroshi.MailAnatomy.FileTypes;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.FileTypes;

public sealed class TypeCorpusTests
{
    [Fact]
    public void Every_shell_link_of_the_corpus_is_a_shortcut()
    {
        var ran = 0;
        foreach (var file in Directory.GetFiles(Path.Combine(Corpora.Folder("lnk"), "samples")))
        {
            var bytes = Convert.FromBase64String(File.ReadAllText(file, Encoding.ASCII));

            FileTypeTable.Recognise(bytes).ShouldNotBeNull(file).Match.Format.ShouldBe("lnk", file);
            ran++;
        }

        ran.ShouldBeGreaterThan(30);
    }

    [Fact]
    public void Every_self_extractor_of_the_corpus_is_a_program()
    {
        var ran = 0;
        foreach (var file in Directory.GetFiles(Corpora.Folder("lzh"), "sfx.exe", SearchOption.AllDirectories))
        {
            FileTypeTable.Recognise(File.ReadAllBytes(file)).ShouldNotBeNull(file).Match.Type.ShouldBe(FileType.Executable, file);
            ran++;
        }

        ran.ShouldBeGreaterThan(2);
    }

    [Fact]
    public void Every_mail_of_the_corpus_is_a_mail()
    {
        var (ran, missed) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(Corpora.Folder("mails-ja"), "*.eml", SearchOption.AllDirectories))
        {
            if (FileTypeTable.Recognise(File.ReadAllBytes(file))?.Match.Type != FileType.Mail)
            {
                missed.Add(file);
            }

            ran++;
        }

        ran.ShouldBeGreaterThan(300);
        missed.ShouldBeEmpty();
    }

    [Fact]
    public void No_archive_of_the_corpus_is_taken_for_a_document()
    {
        var (ran, taken) = (0, new List<string>());
        foreach (var file in Directory.GetFiles(Corpora.Folder("archives")))
        {
            if (Path.GetExtension(file) is ".zip" or ".rar" or ".7z" or ".gz" or ".bz2" or ".xz" or ".arj")
            {
                ran++;
                if (FileTypeTable.Recognise(File.ReadAllBytes(file))?.Match is { } match)
                {
                    taken.Add($"{Path.GetFileName(file)}: {match.Format}");
                }
            }
        }

        ran.ShouldBeGreaterThan(100);
        taken.ShouldBeEmpty();
    }
}
