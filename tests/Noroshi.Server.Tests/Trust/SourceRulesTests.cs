using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>Rules that hold for the whole source: what may not be called at all, and what only in named places.</summary>
public sealed partial class SourceRulesTests
{
    [Fact]
    public void The_rules_look_at_the_source()
    {
        Source.Product.Count.ShouldBeGreaterThan(400);
        Source.CodeOf("a(); // new Random()\n/* Process.Start */ b(\"Dns.\");").ShouldBe("a(); \n b(\"Dns.\");");
    }

    [Fact]
    public void No_sql_is_put_together_from_values()
    {
        var holes = 0;
        foreach (var (file, code) in Source.Product)
        {
            foreach (Match text in InterpolatedSql().Matches(code))
            {
                file.ShouldStartWith("src/Noroshi.Storage/");
                foreach (Match hole in Hole().Matches(text.Value))
                {
                    // Constants of the source, and texts that the source chooses from: never what a caller hands in.
                    ConstantOf(code, hole.Groups["name"].Value).ShouldBeTrue($"{file}: {text.Value}");
                    holes++;
                }
            }

            if (SqlCall().IsMatch(code))
            {
                file.ShouldStartWith("src/Noroshi.Storage/");
            }
        }

        holes.ShouldBeGreaterThan(5);
    }

    [Fact]
    public void No_process_is_started_but_the_worker_and_the_browser_that_prints() =>
        Only(Starts(), "src/Noroshi.Server/Pipeline/Jail/Native.cs", "src/Noroshi.Server/Reports/Outputs/Chromium.cs");

    [Fact]
    public void No_pattern_is_built_at_run_time() => Only(RunTimePattern());

    [Fact]
    public void No_code_is_made_or_loaded_at_run_time() =>
        // The worker loads its own assemblies before the filter closes; the container formats are its own types.
        Only(RunTimeCode(), "src/Noroshi.Worker/Jail.cs", "src/Noroshi.MailAnatomy/Containers/ContainerFormats.cs");

    [Fact]
    public void No_format_string_comes_from_data() => Only(Format());

    [Fact]
    public void No_serializer_reads_type_names() => Only(TypeNames());

    [Fact]
    public void Random_values_come_from_the_systems_source() => Only(WeakRandom());

    [Fact]
    public void Only_the_named_places_open_connections()
    {
        var allowed = Table("connections").Select(cells => cells[^1].Trim('`')).ToArray();
        Only(Connection(), allowed);
    }

    [Fact]
    public void No_certificate_is_accepted_unseen() => Only(AnyCertificate());

    [Fact]
    public void Every_xml_reader_prohibits_document_types()
    {
        var readers = 0;
        foreach (var (file, code) in Source.Product.Where(one => !one.File.StartsWith("src/Noroshi.Worker/", StringComparison.Ordinal)))
        {
            if (file != "src/Noroshi.Server/Identity/StoreXmlRepository.cs")
            {
                // That one reads back what the framework gave it and the store sealed.
                OtherXml().Match(code).Value.ShouldBe("", file);
            }

            if (XmlReader().IsMatch(code))
            {
                readers++;
                code.ShouldContain("DtdProcessing.Prohibit", Case.Sensitive, file);
                code.ShouldContain("XmlResolver = null", Case.Sensitive, file);
            }
        }

        readers.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Every_algorithm_in_the_code_is_in_the_inventory()
    {
        var inventory = Table("keys-and-algorithms")
            .SelectMany(cells => CodeWord().Matches(cells[2]).Select(match => match.Groups["word"].Value))
            .ToHashSet(StringComparer.Ordinal);
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (file, code) in Source.Product.Where(one => !NamesFilesByDigest(one.File)))
        {
            foreach (Match algorithm in Algorithm().Matches(code))
            {
                inventory.ShouldContain(algorithm.Value, StringComparer.Ordinal, file);
                used.Add(algorithm.Value);
            }
        }

        inventory.ShouldBe(used, StringComparer.Ordinal, ignoreOrder: true);
    }

    [Fact]
    public void No_secret_lies_in_the_repository()
    {
        var looked = 0;
        string[] endings = [".cs", ".json", ".md", ".props", ".csproj", ".service", ".yml", ".txt", ".pem", ".key", ".conf"];
        foreach (var ending in endings)
        {
            foreach (var file in Repository.Files(".", ending).Where(file => !file.StartsWith("out/", StringComparison.Ordinal)))
            {
                PrivateKey().Match(Repository.Read(file)).Value.ShouldBe("", file);
                looked++;
            }
        }

        looked.ShouldBeGreaterThan(500);
    }

    /// <summary>
    /// What opens what attackers locked, names files by the digests that others ask for, and locks the files of the story: no protection of ours.
    /// </summary>
    private static bool NamesFilesByDigest(string file) =>
        file.StartsWith("src/Noroshi.MailAnatomy/", StringComparison.Ordinal)
        || file.StartsWith("src/Noroshi.Story/", StringComparison.Ordinal)
        || file is "src/Noroshi.Server/Analysis/MailReader.cs" or "src/Noroshi.Worker/WarmUp.cs";

    /// <summary>Rows of the first table below a heading of the rules.</summary>
    private static List<string[]> Table(string heading)
    {
        var section = Source.Section("docs/security-rules.md", heading);
        var rows = section
            .Split('\n')
            .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
            .Skip(1)
            .Select(line => line.Trim('|', ' ').Split(" | "))
            .ToList();
        section.ShouldContain("|---|", Case.Sensitive, heading);
        return rows;
    }

    private static void Only(Regex pattern, params string[] allowed)
    {
        var left = allowed.ToHashSet(StringComparer.Ordinal);
        foreach (var (file, code) in Source.Product)
        {
            var match = pattern.Match(code);
            if (!match.Success)
            {
                continue;
            }

            allowed.ShouldContain(file, StringComparer.Ordinal, $"{file}: {match.Value}");
            left.Remove(file);
        }

        left.ShouldBeEmpty("these places are allowed what they do not do");
    }

    /// <summary>A constant of the same file, or a word that the file chooses between.</summary>
    private static bool ConstantOf(string code, string name) =>
        code.Contains($"const string {name} =", StringComparison.Ordinal)
        || code.Contains($"static readonly string {name} =", StringComparison.Ordinal)
        || (name == "mode" && code.Contains("\"TRUNCATE\"", StringComparison.Ordinal));

    [GeneratedRegex(@"\$+""+[^""]*\b(SELECT|INSERT|UPDATE|DELETE|PRAGMA|CREATE TABLE)\b[^""]*""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex InterpolatedSql();

    [GeneratedRegex(@"\{(?<name>[A-Za-z.()]+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Hole();

    [GeneratedRegex(@"SqliteCommand|CommandText|SqliteConnection\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SqlCall();

    [GeneratedRegex(
        @"\bProcess\.Start|ProcessStartInfo|posix_spawn|""execve""|EntryPoint = ""system""",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Starts();

    [GeneratedRegex(@"\bnew Regex\(|\bRegex\.(IsMatch|Match|Matches|Replace|Split|EnumerateMatches)\(", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RunTimePattern();

    [GeneratedRegex(
        @"Assembly\.Load|AssemblyLoadContext|DynamicMethod|CSharpScript|\.Compile\(\)|Activator\.CreateInstance|Type\.GetType\(",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex RunTimeCode();

    [GeneratedRegex(@"[sS]tring\.Format\(|\.AppendFormat\(|CompositeFormat", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Format();

    [GeneratedRegex(
        @"BinaryFormatter|TypeNameHandling|NetDataContract|DataContractSerializer|XmlSerializer|SoapFormatter|LosFormatter",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex TypeNames();

    [GeneratedRegex(@"new Random\(|Random\.Shared", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex WeakRandom();

    [GeneratedRegex(
        @"\bnew (HttpClient|TcpClient|UdpClient|Socket|SmtpClient|ImapClient|ClientWebSocket|SocketsHttpHandler|HttpClientHandler)\b|AddHttpClient|\bDns\.|WebRequest\.",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Connection();

    [GeneratedRegex(
        @"DangerousAcceptAnyServerCertificate|ServerCertificateValidationCallback\s*=|ServerCertificateCustomValidationCallback\s*=\s*\([^)]*\)\s*=>\s*true|RemoteCertificateValidationCallback\s*=\s*\([^)]*\)\s*=>\s*true",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex AnyCertificate();

    [GeneratedRegex(@"\b(XmlReaderSettings\b|XmlReader\.Create\(|new XmlTextReader\()", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex XmlReader();

    [GeneratedRegex(
        @"XmlDocument|XDocument\.(Load|Parse)|XElement\.(Load|Parse)|XPath|XslCompiledTransform|DtdProcessing\.(Parse|Ignore)",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex OtherXml();

    [GeneratedRegex(
        @"\b(AesGcm|AesCcm|Aes\b(?=\.Create)|ChaCha20Poly1305|HMAC[A-Z0-9]+|SHA(1|256|384|512|3_\d+)(?=\.)|MD5(?=\.)|ECDsa|ECDiffieHellman|RSA\b|HKDF|Rfc2898DeriveBytes|RandomNumberGenerator|X509Certificate2|X509CertificateLoader|CertificateRequest|PasswordHasher|TripleDES|RC2|Argon2id|KeyDerivation)\b",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Algorithm();

    [GeneratedRegex(@"`(?<word>[A-Za-z0-9]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CodeWord();

    [GeneratedRegex(@"-{5}BEGIN ([A-Z]+ )?PRIVATE" + " KEY-{5}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PrivateKey();
}
