using System.Buffers.Binary;
using System.Text;
using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Wire;
using Noroshi.Server.Pipeline.Jail;

namespace Noroshi.Server.Tests.Jail;

/// <summary>A worker that answers what the test wants: bytes in files, played by the shell.</summary>
internal sealed class FakeWorker : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("noroshi-fake");

    public static byte[] Hello { get; } =
        Frame(
            FrameKind.Hello,
            WireJson.Write(
                new WorkerHello
                {
                    Protocol = WorkerHello.CurrentProtocol,
                    Build = "fake",
                    Landlock = true,
                    Seccomp = false,
                    Limits = false,
                    NoNewPrivileges = true,
                    FileProbeBlocked = true,
                    SocketProbeBlocked = false,
                    Missing = [],
                }
            )
        );

    public static byte[] End { get; } = Frame(FrameKind.End, []);

    public static byte[] Facts(string member, int stage, string subject = "") => Frame(FrameKind.Facts, FactsJson(member, stage, subject));

    public static MailFacts DamagedMail { get; } =
        new()
        {
            Sha256 = new string('0', 64),
            Size = 1,
            Findings = [new MailAnatomy.Findings.Finding("mail.damaged", MailAnatomy.Findings.Severity.Damaged, "")],
        };

    public static byte[] FactsJson(string member, int stage, string subject = "") =>
        Json(
            new AnatomyFrame(
                member,
                stage,
                new MailFacts
                {
                    Sha256 = new string('0', 64),
                    Size = 1,
                    Subject = subject,
                },
                null
            )
        );

    public static byte[] Json(AnatomyFrame frame)
    {
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            WireJson.Write(writer, frame);
        }

        return stream.ToArray();
    }

    public static byte[] Frame(FrameKind kind, byte[] payload, int? length = null)
    {
        var frame = new byte[5 + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, length ?? payload.Length);
        frame[4] = (byte)kind;
        payload.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>
    /// A worker that runs the script with <c>say N</c> to write the N-th answer and <c>listen</c> to wait until a request begins to come,
    /// <c>listen N</c> to take that many bytes of it.
    /// </summary>
    public WorkerCommand Command(string script, params byte[][] answers)
    {
        for (var i = 0; i < answers.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder.FullName, $"{i}"), answers[i]);
        }

        var file = Path.Combine(_folder.FullName, "script");
        File.WriteAllText(
            file,
            $"say() {{ /bin/cat {_folder.FullName}/$1; }}\nlisten() {{ /usr/bin/head -c ${{1:-1}} >&2; }}\n{script}\n",
            Encoding.ASCII
        );
        return new WorkerCommand("/bin/sh", [file]) { ReadableFolders = ["/"], Programs = ["/bin", "/usr", "/lib", "/lib64"] };
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
