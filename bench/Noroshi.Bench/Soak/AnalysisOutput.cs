using System.Text.Json;

namespace Noroshi.Bench.Soak;

/// <summary>What <c>noroshi analyze --json</c> said of each file of the hostile folder.</summary>
internal sealed class AnalysisOutput
{
    private readonly Dictionary<string, string?> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>Mail entries.</summary>
    public int Mails { get; private set; }

    /// <summary>Files and members that are no mail.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Entries by the finding about their worker.</summary>
    public SortedDictionary<string, int> WorkerFindings { get; } = new(StringComparer.Ordinal);

    /// <summary>Names of those entries.</summary>
    public List<string> CostAWorker { get; } = [];

    /// <summary>Reads the whole output; one entry is a line.</summary>
    public static AnalysisOutput Read(string path)
    {
        var output = new AnalysisOutput();
        foreach (var line in File.ReadLines(path))
        {
            if (line.StartsWith("{\"schema\"", StringComparison.Ordinal) || line.Length < 2)
            {
                continue;
            }

            if (line.StartsWith(']'))
            {
                using var end = JsonDocument.Parse("{\"x\":[" + line);
                foreach (var one in end.RootElement.GetProperty("passedOver").EnumerateArray())
                {
                    output.PassedOver++;
                    output._named.Add(FileOf(one.GetProperty("file").GetString() ?? ""));
                }

                continue;
            }

            using var mail = JsonDocument.Parse(line.TrimEnd(','), new JsonDocumentOptions { MaxDepth = 256 });
            output.AddMail(mail.RootElement);
        }

        return output;
    }

    /// <summary>What is wrong with the files; empty when each was read and has its own digest.</summary>
    public IEnumerable<string> Faults(IEnumerable<HostileFile> files)
    {
        foreach (var file in files)
        {
            if (!_named.Contains(file.File))
            {
                yield return $"{file.File} ({file.Input}): no entry";
            }
            else if (_ids.TryGetValue(file.File, out var id) && id != $"sha256:{file.Sha256}")
            {
                yield return $"{file.File} ({file.Input}): id {id}, but the file is sha256:{file.Sha256}";
            }
        }
    }

    /// <summary>Files with an entry of their own, whose digest was compared.</summary>
    public int Compared(IEnumerable<HostileFile> files) => files.Count(file => _ids.ContainsKey(file.File));

    private void AddMail(JsonElement mail)
    {
        Mails++;
        var file = mail.GetProperty("file").GetString() ?? "";
        _named.Add(FileOf(file));
        if (!file.Contains('!', StringComparison.Ordinal))
        {
            _ids.TryAdd(file, mail.GetProperty("id").GetString());
        }

        foreach (var finding in mail.GetProperty("findings").EnumerateArray())
        {
            var code = finding.GetProperty("code").GetString() ?? "";
            if (code.StartsWith("worker.", StringComparison.Ordinal))
            {
                WorkerFindings[code] = WorkerFindings.GetValueOrDefault(code) + 1;
                CostAWorker.Add(file);
            }
        }
    }

    private static string FileOf(string name)
    {
        var member = name.IndexOf('!', StringComparison.Ordinal);
        return member < 0 ? name : name[..member];
    }
}
