using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>The scanner itself: a scan that finds nothing proves something only when it would have found it.</summary>
public sealed class CanaryScanTests
{
    private static readonly Canary Word = Canary.Of("a word");
    private static readonly Canary Name = Canary.Japanese("a name");
    private static readonly Canary Other = Canary.Of("another");
    private static readonly CanaryScan Scan = new([Word, Name, Other]);

    public static TheoryData<string> Charsets => ["utf-8", "utf-16", "utf-16BE"];

    public static TheoryData<string> JapaneseCharsets => ["utf-8", "utf-16", "utf-16BE", "iso-2022-jp", "shift_jis", "euc-jp"];

    [Theory]
    [MemberData(nameof(Charsets))]
    public void Finds_a_word_in_each_charset(string charset) => FindsOnly(Word, Encoding.GetEncoding(charset).GetBytes(Word.Value));

    [Theory]
    [MemberData(nameof(JapaneseCharsets))]
    public void Finds_a_Japanese_name_in_each_charset(string charset) =>
        FindsOnly(Name, Encoding.GetEncoding(charset).GetBytes(Name.Value));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Finds_base64_wherever_the_value_begins(int before)
    {
        foreach (var canary in new[] { Word, Name })
        {
            var coded = Convert.ToBase64String([.. new byte[before], .. Encoding.UTF8.GetBytes(canary.Value), 1, 2, 3, 4]);
            FindsOnly(canary, Encoding.ASCII.GetBytes(coded));
            FindsOnly(canary, Encoding.ASCII.GetBytes(coded.Replace('+', '-').Replace('/', '_').TrimEnd('=')));
        }
    }

    [Fact]
    public void Finds_hex_escapes_digests_and_other_letter_case()
    {
        var bytes = Encoding.UTF8.GetBytes(Word.Value);
        foreach (
            var coded in new[]
            {
                Convert.ToHexString(bytes),
                Convert.ToHexStringLower(bytes),
                Word.Value.ToUpperInvariant(),
                Convert.ToHexStringLower(SHA256.HashData(bytes)),
                Convert.ToBase64String(SHA256.HashData(bytes)),
                Convert.ToHexStringLower(MD5.HashData(bytes)),
            }
        )
        {
            FindsOnly(Word, Encoding.ASCII.GetBytes(coded));
        }

        FindsOnly(Word, SHA256.HashData(bytes));
        FindsOnly(Name, Encoding.ASCII.GetBytes(Uri.EscapeDataString(Name.Value)));
        FindsOnly(Name, Encoding.ASCII.GetBytes(System.Text.Json.JsonSerializer.Serialize(Name.Value)));
    }

    [Fact]
    public void Finds_what_is_packed_by_gzip_or_zstd_in_the_middle_of_a_file()
    {
        var text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("ordinary words ", 50)) + Word.Value);
        using var gzip = new MemoryStream();
        using (var pack = new GZipStream(gzip, CompressionLevel.Optimal, leaveOpen: true))
        {
            pack.Write(text);
        }

        FindsOnly(Word, gzip.ToArray());
        using var zstd = new ZstdSharp.Compressor();
        FindsOnly(Word, zstd.Wrap(text).ToArray());
    }

    [Fact]
    public void Finds_a_value_that_a_page_border_cuts_in_two()
    {
        var bytes = Encoding.UTF8.GetBytes(Word.Value);
        for (var cut = 1; cut < bytes.Length; cut++)
        {
            FindsOnly(Word, [.. bytes[..cut], 0, 0, 0, 7, .. bytes[cut..]]);
        }
    }

    [Fact]
    public void Finds_a_name_of_a_file_and_a_row_of_a_database()
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-canary-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, $"{Word.Value}.eml"), "");
            using (
                var database = new Microsoft.Data.Sqlite.SqliteConnection(
                    new Microsoft.Data.Sqlite.SqliteConnectionStringBuilder
                    {
                        DataSource = Path.Combine(folder, "x.db"),
                        Pooling = false,
                    }.ToString()
                )
            )
            {
                database.Open();
                using var command = database.CreateCommand();
                command.CommandText = "CREATE TABLE t (v TEXT, b BLOB); INSERT INTO t VALUES ($1, $2); DELETE FROM t;";
                command.Parameters.AddWithValue("$1", new string('x', 4_000) + Name.Value);
                command.Parameters.AddWithValue("$2", Encoding.Unicode.GetBytes(Other.Value));
                command.ExecuteNonQuery();
            }

            var (hits, files, bytes) = Scan.Folder(folder);
            hits.Select(hit => hit.Canary).Distinct(StringComparer.Ordinal).ShouldBe([Word.Name, Name.Name, Other.Name], ignoreOrder: true);
            files.ShouldBe(2);
            bytes.ShouldBeGreaterThan(4_000);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Finds_a_key_that_is_written_as_text_and_kept_as_bytes()
    {
        byte[] key = [.. Enumerable.Range(0, 32).Select(i => (byte)(i * 37))];
        var text = Convert.ToBase64String(key);
        var scan = new CanaryScan([new Canary("key", text) { Raw = key }]);
        scan.Text("text", text).ShouldNotBeEmpty();
        scan.Bytes("bytes", [1, 2, 3, .. key, 4]).ShouldNotBeEmpty();
        scan.Text("hex", Convert.ToHexString(key)).ShouldNotBeEmpty();
        scan.Bytes("other", new byte[64]).ShouldBeEmpty();
    }

    [Fact]
    public void Finds_nothing_in_random_bytes_and_in_near_misses()
    {
        var random = new byte[1 << 20];
        new Random(7).NextBytes(random);
        Scan.Bytes("random", random).ShouldBeEmpty();
        Scan.Text("near", Word.Value[..12] + "-" + Word.Value[20..]).ShouldBeEmpty();
        string.Equals(Canary.Of("a").Value, Canary.Of("b").Value, StringComparison.Ordinal).ShouldBeFalse();
        Should.Throw<ArgumentException>(() => new CanaryScan([new Canary("short", "abc")]));
        Should.Throw<ArgumentException>(() => new CanaryScan([]));
    }

    private static void FindsOnly(Canary expected, byte[] bytes)
    {
        var around = new byte[97];
        var hits = Scan.Bytes("test", [.. around, .. bytes, .. around]);
        hits.ShouldNotBeEmpty();
        hits.ShouldAllBe(hit => hit.Canary == expected.Name);
    }
}
