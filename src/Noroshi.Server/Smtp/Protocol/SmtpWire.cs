using System.Buffers;
using System.IO.Pipelines;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Noroshi.Server.Smtp.Protocol;

/// <summary>Why reading a line ended.</summary>
internal enum LineOutcome
{
    Line,
    Closed,
    TooLong,
    BareLineEnd,
    TimedOut,
    Stopping,
}

/// <summary>Why reading a mail's bytes ended.</summary>
internal enum BodyOutcome
{
    Complete,
    Closed,
    TimedOut,
    TooSlow,
    TooMuch,
}

/// <summary>Bytes in and out of one connection, before and under TLS. Every wait has an end.</summary>
internal sealed class SmtpWire(IDuplexPipe transport, SmtpOptions options, TimeProvider clock, CancellationToken stopping)
    : IAsyncDisposable
{
    private PipeReader _reader = transport.Input;
    private PipeWriter _writer = transport.Output;
    private SslStream? _tls;
    private bool _dirty;

    /// <summary>The server is stopping: no new mail is begun.</summary>
    public bool Stopping => stopping.IsCancellationRequested;

    /// <summary>TLS version; null without TLS.</summary>
    public string? Tls => _tls?.SslProtocol.ToString();

    /// <summary>Puts an answer behind those that wait to be sent.</summary>
    public void Write(SmtpReply reply)
    {
        _writer.Write(reply.Bytes.Span);
        _dirty = true;
    }

    /// <summary>Sends what waits. Answers to commands that came together go together (RFC 2920).</summary>
    public async ValueTask FlushAsync()
    {
        if (!_dirty)
        {
            return;
        }

        _dirty = false;
        using var deadline = new CancellationTokenSource(options.WriteTimeout, clock);
        await _writer.FlushAsync(deadline.Token);
    }

    /// <summary>Reads one line.</summary>
    /// <param name="limit">Most bytes, the line end included.</param>
    /// <param name="stoppable">Nothing is under way: a stop of the server may end the wait.</param>
    public async ValueTask<(LineOutcome Outcome, byte[] Line)> ReadLineAsync(int limit, bool stoppable)
    {
        using var deadline = new CancellationTokenSource(options.IdleTimeout, clock);
        using var stop = stopping.Register(
            static reader => ((PipeReader)(reader ?? throw new InvalidOperationException())).CancelPendingRead(),
            _reader
        );
        var begun = false;
        while (true)
        {
            if (!_reader.TryRead(out var result))
            {
                await FlushAsync();
                if (stoppable && Stopping)
                {
                    return (LineOutcome.Stopping, []);
                }

                try
                {
                    result = await _reader.ReadAsync(deadline.Token);
                }
                catch (OperationCanceledException)
                {
                    return (LineOutcome.TimedOut, []);
                }
            }

            var buffer = result.Buffer;
            if (Scan(buffer, limit, out var outcome, out var line, out var consumed))
            {
                _reader.AdvanceTo(consumed);
                return (outcome, line);
            }

            if (!begun && !buffer.IsEmpty)
            {
                begun = true;
                deadline.CancelAfter(options.LineTimeout);
            }

            _reader.AdvanceTo(buffer.Start, buffer.End);
            if (result.IsCompleted)
            {
                return (LineOutcome.Closed, []);
            }
        }
    }

    /// <summary>Reads a mail's bytes.</summary>
    public async ValueTask<BodyOutcome> ReadBodyAsync(IBodyReader body, MessageBuffer into)
    {
        await FlushAsync();
        var pace = new Pace(options, clock, into.Seen);
        while (!body.Ended)
        {
            if (!_reader.TryRead(out var result))
            {
                using var deadline = new CancellationTokenSource(options.DataTimeout, clock);
                try
                {
                    result = await _reader.ReadAsync(deadline.Token);
                }
                catch (OperationCanceledException)
                {
                    return BodyOutcome.TimedOut;
                }
            }

            var buffer = result.Buffer;
            var waiting = clock.GetTimestamp();
            await into.EnsureAsync(buffer.Length, CancellationToken.None);
            pace.Forgive(clock.GetElapsedTime(waiting));
            long read = 0;
            foreach (var segment in buffer)
            {
                read += body.Ended ? 0 : body.Feed(segment.Span, into);
            }

            _reader.AdvanceTo(buffer.GetPosition(read));
            if (!body.Ended)
            {
                if (result.IsCompleted)
                {
                    return BodyOutcome.Closed;
                }

                if (into.Seen > 2L * options.MostMessageBytes)
                {
                    return BodyOutcome.TooMuch;
                }

                if (pace.TooSlow(into.Seen))
                {
                    return BodyOutcome.TooSlow;
                }
            }
        }

        return BodyOutcome.Complete;
    }

    /// <summary>
    /// Throws away what came behind STARTTLS in the clear: somebody on the way may have put it there, and it would be carried out as if it
    /// had come under TLS. What comes later in the clear is no handshake and ends the connection.
    /// </summary>
    /// <returns>Whether there was something.</returns>
    public bool DropPlaintext()
    {
        var any = false;
        while (_reader.TryRead(out var result))
        {
            var buffer = result.Buffer;
            var empty = buffer.IsEmpty;
            any |= !empty;
            _reader.AdvanceTo(buffer.End);
            if (empty)
            {
                break;
            }
        }

        return any;
    }

    /// <summary>Begins TLS; everything read and written from now on goes through it.</summary>
    /// <returns>False when the handshake failed.</returns>
    public async Task<bool> StartTlsAsync(X509Certificate2 certificate)
    {
        var tls = new SslStream(new DuplexStream(_reader, _writer), leaveInnerStreamOpen: true);
        using var deadline = new CancellationTokenSource(options.HandshakeTimeout, clock);
        try
        {
            await tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions
                {
                    ServerCertificate = certificate,
                    EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                    AllowRenegotiation = false,
                    ClientCertificateRequired = false,
                },
                deadline.Token
            );
        }
        catch (Exception error)
            when (error is AuthenticationException or IOException or OperationCanceledException or InvalidOperationException)
        {
            await tls.DisposeAsync();
            return false;
        }

        _tls = tls;
        _reader = PipeReader.Create(tls, new StreamPipeReaderOptions(bufferSize: 16 * 1024, leaveOpen: true));
        _writer = PipeWriter.Create(tls, new StreamPipeWriterOptions(leaveOpen: true));
        return true;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await FlushAsync();
        }
        catch (Exception error) when (error is IOException or OperationCanceledException or InvalidOperationException)
        {
            // Nobody reads any more.
        }

        if (_tls is not null)
        {
            await _tls.DisposeAsync();
        }
    }

    /// <summary>Looks for a whole line. A line end that is not CR LF, and a CR inside a line, end the talk: two servers may read them differently.</summary>
    private static bool Scan(
        ReadOnlySequence<byte> buffer,
        int limit,
        out LineOutcome outcome,
        out byte[] line,
        out SequencePosition consumed
    )
    {
        (outcome, line, consumed) = (LineOutcome.Line, [], buffer.Start);
        var within = buffer.Length > limit ? buffer.Slice(0, limit) : buffer;
        if (within.PositionOf((byte)'\n') is not { } end)
        {
            outcome = LineOutcome.TooLong;
            return buffer.Length >= limit;
        }

        var text = within.Slice(0, end).ToArray();
        consumed = buffer.GetPosition(1, end);
        var clean = text.Length > 0 && text.AsSpan().IndexOf((byte)'\r') == text.Length - 1;
        outcome = clean ? LineOutcome.Line : LineOutcome.BareLineEnd;
        line = clean ? text[..^1] : [];
        return true;
    }

    /// <summary>How fast a mail comes.</summary>
    private sealed class Pace(SmtpOptions options, TimeProvider clock, long before)
    {
        private readonly long _start = clock.GetTimestamp();
        private TimeSpan _forgiven;

        /// <summary>Time in which the hub itself kept the client waiting.</summary>
        public void Forgive(TimeSpan time) => _forgiven += time;

        public bool TooSlow(long seen)
        {
            var over = clock.GetElapsedTime(_start) - _forgiven - options.RateGrace;
            return over > TimeSpan.Zero && seen - before < over.TotalSeconds * options.SlowestRate;
        }
    }
}
