using System.Buffers.Binary;
using System.Text;

namespace Cancela.Tests.Server.Otlp;

/// <summary>A message in protobuf's encoding, read by field numbers: as much of it as OTLP needs.</summary>
internal readonly struct ProtobufMessage(ReadOnlyMemory<byte> bytes)
{
    private enum Wire
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <summary>One field. <c>Number</c> holds what is of fixed or variable length, <c>Bytes</c> the rest.</summary>
    private readonly record struct Field(int Id, ulong Number, ReadOnlyMemory<byte> Bytes);

    public IEnumerable<ProtobufMessage> Messages(int id) => Fields().Where(field => field.Id == id).Select(field => new ProtobufMessage(field.Bytes));

    public ProtobufMessage? Message(int id) => Messages(id).Select(message => (ProtobufMessage?)message).FirstOrDefault();

    public string Text(int id) => Fields().Where(field => field.Id == id).Select(field => Encoding.UTF8.GetString(field.Bytes.Span)).FirstOrDefault("");

    public ulong? Number(int id) => Fields().Where(field => field.Id == id).Select(field => (ulong?)field.Number).FirstOrDefault();

    private List<Field> Fields()
    {
        var fields = new List<Field>();
        var rest = bytes;
        while (rest.Length > 0)
        {
            var key = Varint(ref rest);
            var (number, part) = (Wire)(key & 7) switch
            {
                Wire.Varint => (Varint(ref rest), ReadOnlyMemory<byte>.Empty),
                Wire.Fixed64 => (BinaryPrimitives.ReadUInt64LittleEndian(Take(ref rest, 8).Span), ReadOnlyMemory<byte>.Empty),
                Wire.Fixed32 => (BinaryPrimitives.ReadUInt32LittleEndian(Take(ref rest, 4).Span), ReadOnlyMemory<byte>.Empty),
                Wire.Bytes => (0UL, Take(ref rest, checked((int)Varint(ref rest)))),
                var other => throw new InvalidDataException($"A wire type {other}."),
            };
            fields.Add(new Field((int)(key >> 3), number, part));
        }
        return fields;
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int length)
    {
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref rest, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new InvalidDataException("A number without an end.");
    }
}
