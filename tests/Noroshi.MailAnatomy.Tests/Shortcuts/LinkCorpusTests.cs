using System.Text;
using System.Text.Json.Nodes;
using Noroshi.MailAnatomy.FileTypes.Shortcuts;
using Shouldly;
using Xunit;

namespace Noroshi.MailAnatomy.Tests.Shortcuts;

/// <summary>Every field of every link of the shared corpus is compared with the expected JSON beside it.</summary>
public sealed class LinkCorpusTests
{
    /// <summary>
    /// Where we read something else than the expectation, and why. A line holds for files and paths that start and end as stated; each
    /// has to be needed by at least one difference.
    /// </summary>
    private static readonly (string File, string Start, string End, string Why)[] Explained =
    [
        (
            "",
            "/extra/METADATA_PROPERTIES_BLOCK/property_store/",
            "/value",
            "The expectation leaves times, ids and numbers of a property store empty; ours have their value."
        ),
        (
            "decoding_error2",
            "/extra/DISTRIBUTED_LINK_TRACKER_BLOCK/machine_identifier",
            "",
            "Two bytes of an unstated code page: taken for one Chinese character, not for two signs of Windows-1252."
        ),
        (
            "decoding_error3",
            "/link_info/common_path_suffix",
            "",
            "The same path stands in the link in UTF-16 and is Russian: Windows-1251, not Windows-1252."
        ),
        (
            "decoding_error4",
            "/link_info/common_path_suffix",
            "",
            "Byte 90 has no character in Windows-1252; ours is the control of that number, as the web standard has it."
        ),
        ("extra_data", "/extra/TERMINAL_BLOCK/", "", "Four bytes stand behind the terminal block; the expectation does not list them."),
        (
            "invalid_date3",
            "/link_info/local_base_path",
            "",
            "The same path stands in the link in UTF-16 and is Russian: Windows-1251, not Windows-1252."
        ),
        ("sample3", "/target/items/2/", "", "A portable device (its mark 10312005 is there), not a file of the control panel."),
        ("sample3", "/target/items/3/", "", "A file on a portable device (its mark 07192006 is there), not a file of the control panel."),
        ("sample6", "/link_info/local_base_path", "", "The name is Chinese, code page 936, as the same name in UTF-16 shows."),
    ];

    [Fact]
    public void Every_field_of_every_link_is_as_expected_or_explained()
    {
        var folder = Corpora.Folder("lnk");
        var compared = 0;
        var differences = new List<string>();
        var used = new HashSet<int>();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "samples")).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            var bytes = Base64(file);
            compared += Compare(
                name,
                LinkJson.Of(LinkReader.Read(bytes).ShouldNotBeNull(name), bytes),
                Expected(folder, name),
                differences,
                used
            );
        }

        // A jump list is a row of links; each is compared with its own part of the expectation.
        var list = Base64(Path.Combine(folder, "raw", JumpList));
        var expected = Expected(folder, JumpList).AsArray();
        var at = 0;
        foreach (var part in expected)
        {
            at += list.AsSpan(at).IndexOf(LinkStart);
            var bytes = list[at..];
            bytes = bytes[..LinkReader.Read(bytes).ShouldNotBeNull().End];
            compared += Compare(
                JumpList,
                LinkJson.Of(LinkReader.Read(bytes).ShouldNotBeNull(), bytes),
                part.ShouldNotBeNull(),
                differences,
                used
            );
            at += bytes.Length;
        }

        string.Join('\n', differences).ShouldBeEmpty();
        Explained.Where((_, index) => !used.Contains(index)).ShouldBeEmpty("explanations that nothing needs");
        compared.ShouldBeGreaterThan(2_000);
    }

    [Theory]
    [InlineData("microsoft_example", "microsoft_example_not_all_attributes")]
    [InlineData("unknown_target", "unknown_target_not_terminal")]
    public void Shorter_expectations_of_the_same_samples_hold_too(string sample, string expectation)
    {
        var folder = Corpora.Folder("lnk");
        var bytes = Base64(Path.Combine(folder, "samples", sample));
        var link = LinkReader.Read(bytes).ShouldNotBeNull();
        bytes = bytes[..link.End];
        var (ours, theirs) = (Flat(LinkJson.Of(link, bytes)), Flat(Expected(folder, expectation)));

        theirs.Where(pair => ours.GetValueOrDefault(pair.Key) != pair.Value).ShouldBeEmpty();
        theirs.Count.ShouldBeGreaterThan(25);
    }

    [Fact]
    public void A_lone_network_item_and_a_lone_property_storage_are_as_expected()
    {
        var folder = Corpora.Folder("lnk");
        var item = Base64(Path.Combine(folder, "raw", "NetworkLocation"));
        var storage = Base64(Path.Combine(folder, "raw", "SerializedPropertyStorage"));
        var text = new LinkText(null);

        Flat(LinkJson.Item(ShellItems.ReadOne(item.AsSpan(0, item[0]), text))).ShouldBe(Flat(Expected(folder, "NetworkLocation")));
        Flat(LinkJson.Storage(PropertyStores.ReadStorage(storage, text))).ShouldBe(Flat(Expected(folder, "SerializedPropertyStorage")));
    }

    private const string JumpList = "5afe4de1b92fc382.customDestinations-ms";

    private static ReadOnlySpan<byte> LinkStart => [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0, 0, 0, 0, 0, 0, 0, 0x46];

    private static SortedDictionary<string, string> Flat(JsonNode node)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Flatten(node, "", values);
        return values;
    }

    private static byte[] Base64(string file) => Convert.FromBase64String(File.ReadAllText(file, Encoding.ASCII));

    private static JsonNode Expected(string folder, string name) =>
        JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "json", name + ".json"))).ShouldNotBeNull(name);

    private static int Compare(string name, JsonNode ours, JsonNode theirs, List<string> differences, HashSet<int> used)
    {
        var (left, right) = (
            new SortedDictionary<string, string>(StringComparer.Ordinal),
            new SortedDictionary<string, string>(StringComparer.Ordinal)
        );
        Flatten(ours, "", left);
        Flatten(theirs, "", right);
        foreach (var path in left.Keys.Union(right.Keys, StringComparer.Ordinal))
        {
            var (mine, wanted) = (left.GetValueOrDefault(path, "-"), right.GetValueOrDefault(path, "-"));
            if (mine == wanted)
            {
                continue;
            }

            var why = Array.FindIndex(
                Explained,
                one =>
                    (one.File.Length == 0 ? wanted == "null" : one.File == name)
                    && path.StartsWith(one.Start, StringComparison.Ordinal)
                    && path.EndsWith(one.End, StringComparison.Ordinal)
            );
            if (why < 0)
            {
                differences.Add($"{name} {path}: ours {mine} expected {wanted}");
            }
            else
            {
                used.Add(why);
            }
        }

        return right.Count;
    }

    private static void Flatten(JsonNode? node, string path, SortedDictionary<string, string> values)
    {
        switch (node)
        {
            case JsonObject obj:
                foreach (var (key, value) in obj)
                {
                    Flatten(value, $"{path}/{key}", values);
                }

                break;
            case JsonArray array:
                for (var i = 0; i < array.Count; i++)
                {
                    Flatten(array[i], $"{path}/{i}", values);
                }

                break;
            default:
                values[path] = node?.ToJsonString() ?? "null";
                break;
        }
    }
}
